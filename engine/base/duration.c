/* Durations and calendar times: arithmetic only, no libc time function and no time zone database.
 * Days follow the proleptic Gregorian calendar; a minute has sixty seconds, always. */
#include "base/duration.h"

static const struct unit {
    const char *name;
    int64_t ms;
} units[] = {
    {"d", INT64_C(24) * 3600 * 1000},
    {"h", INT64_C(3600) * 1000},
    {"m", INT64_C(60) * 1000},
    {"s", INT64_C(1000)},
    {"ms", INT64_C(1)},
};

enum { UNIT_COUNT = sizeof(units) / sizeof(units[0]) };

static const int64_t ms_per_minute = INT64_C(60) * 1000;
static const int64_t ms_per_day = INT64_C(24) * 3600 * 1000;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many of the first bytes of s satisfy: digits, or letters that are not. */
static size_t run_of_digits(struct str s, bool digits)
{
    size_t len = 0;
    while (len < s.len && is_digit(s.ptr[len]) == digits)
        len++;
    return len;
}

bool duration_parse(struct str text, int64_t *ret_ms)
{
    if (str_is(text, "0")) {
        *ret_ms = 0;
        return true;
    }
    int64_t total_ms = 0;
    size_t next_unit = 0;
    if (text.len == 0)
        return false;
    while (text.len > 0) {
        size_t digit_count = run_of_digits(text, true);
        int64_t amount;
        if (!str_to_int64((struct str){text.ptr, digit_count}, &amount))
            return false;
        text = str_after(text, digit_count);
        struct str name = {text.ptr, run_of_digits(text, false)};
        text = str_after(text, name.len);
        while (next_unit < UNIT_COUNT && !str_is(name, units[next_unit].name))
            next_unit++;
        if (next_unit == UNIT_COUNT)
            return false;
        int64_t unit_ms = units[next_unit++].ms;
        if (amount > (INT64_MAX - total_ms) / unit_ms)
            return false;
        total_ms += amount * unit_ms;
    }
    *ret_ms = total_ms;
    return true;
}

/* The distance from zero; INT64_MIN has one too. */
static uint64_t magnitude(int64_t value)
{
    return value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
}

struct str duration_format(struct arena *arena, int64_t ms)
{
    if (ms == 0)
        return arena_str(arena, STR("0s"));
    struct str text = ms < 0 ? STR("-") : STR("");
    uint64_t rest = magnitude(ms);
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        uint64_t unit_ms = (uint64_t)units[i].ms;
        if (rest >= unit_ms)
            text = arena_format(arena, "%.*s%llu%s", STR_ARG(text),
                (unsigned long long)(rest / unit_ms), units[i].name);
        rest %= unit_ms;
    }
    return text;
}

struct str duration_clock(struct arena *arena, int64_t ms)
{
    unsigned long long seconds = magnitude(ms) / 1000;
    const char *sign = ms < 0 && seconds > 0 ? "-" : "";
    unsigned long long hours = seconds / 3600, minutes = seconds / 60 % 60;
    if (hours > 0)
        return arena_format(arena, "%s%llu:%02llu:%02llu", sign, hours, minutes, seconds % 60);
    return arena_format(arena, "%s%02llu:%02llu", sign, minutes, seconds % 60);
}

/* Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last day and
 * the months' lengths follow one line: (153 * month + 2) / 5. An era is the 400 years after which
 * the calendar repeats. year >= 0. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    if (month <= 2)
        year--;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil {
    int64_t year;
    int month;
    int day;
};

static struct civil civil_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    struct civil civil = {
        .year = year_of_era + era * 400,
        .month = (int)(march_month < 10 ? march_month + 3 : march_month - 9),
        .day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1),
    };
    civil.year += civil.month <= 2;
    return civil;
}

static int days_in_month(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return lengths[month - 1] + (month == 2 && leap);
}

/* A number of exactly digit_count digits between least and most; takes it off the text. */
static bool take_number(struct str *text, size_t digit_count, int least, int most, int *ret_number)
{
    if (text->len < digit_count)
        return false;
    int number = 0;
    for (size_t i = 0; i < digit_count; i++) {
        if (!is_digit(text->ptr[i]))
            return false;
        number = number * 10 + (text->ptr[i] - '0');
    }
    if (number < least || number > most)
        return false;
    *text = str_after(*text, digit_count);
    *ret_number = number;
    return true;
}

static bool take_char(struct str *text, char c)
{
    if (text->len == 0 || text->ptr[0] != c)
        return false;
    *text = str_after(*text, 1);
    return true;
}

static bool take_date(struct str *text, int64_t *ret_days)
{
    int year, month, day;
    bool is_date = take_number(text, 4, 0, 9999, &year) && take_char(text, '-') &&
                   take_number(text, 2, 1, 12, &month) && take_char(text, '-') &&
                   take_number(text, 2, 1, days_in_month(year, month), &day);
    if (is_date)
        *ret_days = days_from_civil(year, month, day);
    return is_date;
}

/* "22:10:00", with up to three decimals; more would be lost without a word, so they are refused. */
static bool take_time_of_day(struct str *text, int64_t *ret_ms)
{
    int hour, minute, second, decimals = 0;
    bool is_time = take_number(text, 2, 0, 23, &hour) && take_char(text, ':') &&
                   take_number(text, 2, 0, 59, &minute) && take_char(text, ':') &&
                   take_number(text, 2, 0, 59, &second);
    if (!is_time)
        return false;
    if (take_char(text, '.')) {
        size_t digit_count = run_of_digits(*text, true);
        if (digit_count < 1 || digit_count > 3 ||
            !take_number(text, digit_count, 0, 999, &decimals))
            return false;
        for (size_t i = digit_count; i < 3; i++)
            decimals *= 10;
    }
    *ret_ms = ((int64_t)hour * 60 + minute) * ms_per_minute + (int64_t)second * 1000 + decimals;
    return true;
}

static bool take_offset(struct str *text, int *ret_minutes)
{
    if (take_char(text, 'Z')) {
        *ret_minutes = 0;
        return true;
    }
    int sign = take_char(text, '-') ? -1 : 1;
    int hours, minutes;
    if (sign > 0 && !take_char(text, '+'))
        return false;
    if (!take_number(text, 2, 0, 23, &hours) || !take_char(text, ':') ||
        !take_number(text, 2, 0, 59, &minutes))
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    return true;
}

bool calendar_parse(struct str text, int64_t *ret_epoch_ms, int *ret_offset_minutes)
{
    int64_t days, day_ms;
    int offset_minutes;
    if (!take_date(&text, &days) || !take_char(&text, 'T') || !take_time_of_day(&text, &day_ms) ||
        !take_offset(&text, &offset_minutes) || text.len > 0)
        return false;
    *ret_epoch_ms = days * ms_per_day + day_ms - offset_minutes * ms_per_minute;
    *ret_offset_minutes = offset_minutes;
    return true;
}

/* Local time, moved into the years 0000 to 9999, the only ones that the format can write. The
 * bounds are moved by the offset, and not the time, because the sum could overflow. */
static int64_t local_time(int64_t epoch_ms, int64_t offset_ms)
{
    int64_t first_ms = days_from_civil(0, 1, 1) * ms_per_day;
    int64_t last_ms = days_from_civil(10000, 1, 1) * ms_per_day - 1;
    if (epoch_ms < first_ms - offset_ms)
        return first_ms;
    return epoch_ms > last_ms - offset_ms ? last_ms : epoch_ms + offset_ms;
}

struct calendar_parts calendar_split(int64_t epoch_ms, int offset_minutes)
{
    int64_t local_ms = local_time(epoch_ms, offset_minutes * ms_per_minute);
    int64_t day_ms = local_ms % ms_per_day;
    if (day_ms < 0)
        day_ms += ms_per_day;
    int64_t days = (local_ms - day_ms) / ms_per_day;
    struct civil date = civil_from_days(days);
    int minute_of_day = (int)(day_ms / ms_per_minute);
    return (struct calendar_parts){
        .year = (int)date.year,
        .month = date.month,
        .day = date.day,
        .hour = minute_of_day / 60,
        .minute = minute_of_day % 60,
        .weekday = calendar_day_weekday(days),
    };
}

int64_t calendar_day(int64_t epoch_ms, int offset_minutes)
{
    int64_t local_ms = local_time(epoch_ms, offset_minutes * ms_per_minute);
    int64_t day_ms = local_ms % ms_per_day;
    return (local_ms - day_ms) / ms_per_day - (day_ms < 0);
}

int calendar_day_weekday(int64_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7) + 1; /* 1 January 1970 was a Thursday */
}

bool calendar_day_parse(struct str text, int64_t *ret_day)
{
    int64_t day;
    if (!take_date(&text, &day) || text.len > 0)
        return false;
    *ret_day = day;
    return true;
}

int64_t calendar_day_add_months(int64_t day, int months)
{
    struct civil date = civil_from_days(day);
    int64_t month = date.year * 12 + date.month - 1 + months;
    int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
    int last = days_in_month(year, of_year);
    return days_from_civil(year, of_year, date.day < last ? date.day : last);
}

struct str calendar_format(struct arena *arena, int64_t epoch_ms, int offset_minutes)
{
    int64_t local_ms = local_time(epoch_ms, offset_minutes * ms_per_minute);
    int64_t day_ms = local_ms % ms_per_day;
    if (day_ms < 0)
        day_ms += ms_per_day;
    struct civil date = civil_from_days((local_ms - day_ms) / ms_per_day);
    int minute_of_day = (int)(day_ms / ms_per_minute);
    int second_ms = (int)(day_ms % ms_per_minute);
    struct str decimals = STR("");
    if (second_ms % 1000 != 0)
        decimals = arena_format(arena, ".%03d", second_ms % 1000);
    int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%.*s%c%02d:%02d", (int)date.year,
        date.month, date.day, minute_of_day / 60, minute_of_day % 60, second_ms / 1000,
        STR_ARG(decimals), offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}
