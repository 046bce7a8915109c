/* Points are counted as for a capability: time, content and help multiplied, then the average. */
#include "report/worth.h"

struct worth worth_of(const struct dossier_rule *group)
{
    int64_t points = 0, time = 0, content = 0, n = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = &group->findings[i];
        if (finding->verdict != VERDICT_SATISFIED && finding->verdict != VERDICT_VIOLATED)
            continue;
        n++;
        points += (int64_t)finding->time_permille * finding->content_permille *
                  finding->assistance_permille;
        time += finding->time_permille;
        content += finding->content_permille;
    }
    if (n == 0)
        return (struct worth){0};
    return (struct worth){(int)(points / 1000000 / n), (int)(time / n), (int)(content / n)};
}

struct str worth_lacking(struct dossier *dossier, const struct worth *worth)
{
    const struct {
        int permille;
        struct words name;
    } parts[] = {
        {worth->content, WORDS("content", "内容")},
        {worth->time, WORDS("time", "時間")},
    };
    struct arena *arena = dossier_arena(dossier);
    struct str list = STR(""), comma = TELL(dossier, ", ", "、");
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].permille >= 1000)
            continue;
        struct str name = dossier_say(dossier, parts[i].name);
        list = arena_format(arena, "%.*s%.*s%.*s %d %%", STR_ARG(list),
            list.len == 0 ? 0 : (int)comma.len, comma.ptr, STR_ARG(name), parts[i].permille / 10);
    }
    return list;
}
