/* The kit: the document, its cover, and which parts it has. */
#include "report/kit.h"

#include "core/organisation.h"
#include "report/kit_parts.h"

const char *const kit_part_names[KIT_PART_COUNT] = {
    [KIT_ROLE_CARDS] = "role-cards",
    [KIT_INJECTS] = "injects",
    [KIT_HANDOUTS] = "handouts",
    [KIT_OBSERVERS] = "observers",
};

static const struct {
    void (*write)(struct kit *kit);
    struct words name, whose; /* for the cover */
} parts[KIT_PART_COUNT] = {
    [KIT_ROLE_CARDS] = {kit_role_write, WORDS("Role cards", "役割カード"),
        WORDS("one for each seat, handed out before STARTEX", "席ごとに1部。開始前に配る")},
    [KIT_INJECTS] = {kit_msel_write, WORDS("List of injects", "出来事の一覧（MSEL）"),
        WORDS("for you alone; it gives everything away", "進行役専用。すべての筋書きが書いてある")},
    [KIT_HANDOUTS] = {kit_handout_write, WORDS("Handouts", "配付票"),
        WORDS("a page for each inject, handed over when it is due",
            "出来事ごとに1枚。その時が来たら宛先に渡す")},
    [KIT_OBSERVERS] = {kit_observer_write, WORDS("Observer sheets", "観察・評価シート"),
        WORDS("evaluation forms, and a sheet for the hot wash of each seat",
            "評価者用の評価票（EEG）と、席ごとの振り返り票")},
};

bool kit_part_find(struct str name, unsigned *ret_parts)
{
    for (int part = 0; part < KIT_PART_COUNT; part++) {
        if (!str_is(name, kit_part_names[part]))
            continue;
        *ret_parts = 1U << part;
        return true;
    }
    return false;
}

/* ---- the order of injects ---- */

/* Where the file has no time, the author's order counts: such an inject keeps its place behind the
 * one that stands before it. */
struct placed {
    const struct def_inject *inject;
    int64_t at_ms, story_ms;
};

static bool is_before(const struct placed *a, const struct placed *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->story_ms < b->story_ms;
}

static void order_injects(struct kit *kit)
{
    size_t count = kit->def->inject_count;
    struct placed *list = ARENA_ARRAY(&kit->arena, count + 1, struct placed), last = {0};
    for (size_t i = 0; i < count; i++) {
        last.inject = &kit->def->injects[i];
        if (last.inject->trigger.kind == TRIGGER_AT)
            last.at_ms = last.inject->trigger.at_ms;
        if (last.inject->trigger.kind == TRIGGER_STORY_AT)
            last.story_ms = last.inject->trigger.at_ms;
        size_t at = i;
        for (; at > 0 && is_before(&last, &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = last;
    }
    kit->injects = ARENA_ARRAY(&kit->arena, count + 1, const struct def_inject *);
    for (size_t i = 0; i < count; i++)
        kit->injects[i] = list[i].inject;
}

/* ---- the cover ---- */

static void write_setting(struct kit *kit)
{
    static const struct words modes[MODE_COUNT] = {
        [MODE_DISCUSS] = WORDS("discussion: the room talks, seconds do not count",
            "討議形式（話し合いで進め、秒単位の時間は数えない）"),
        [MODE_PACED] = WORDS(
            "paced: one room, the clock runs", "時間進行形式（一室で、時計を動かして進める）"),
        [MODE_LIVE] = WORDS("live: people are apart", "分散形式（参加者は別々の場所にいる）"),
    };
    const struct def *def = kit->def;
    const struct organisation *house = def->organisation_profile;
    kit_pairs(kit);
    kit_pair(kit, KIT_SAY(kit, "Duration", "所要時間"), kit_span(kit, def->duration_ms));
    kit_pair(kit, KIT_SAY(kit, "Mode", "進め方"), kit_say(kit, modes[kit->source->mode]));
    if (def->story_start_ms != 0)
        kit_pair(kit, KIT_SAY(kit, "The story begins", "シナリオの開始日時"),
            kit_calendar(kit, def->story_start_ms));
    if (house != NULL)
        kit_pair(kit, KIT_SAY(kit, "Organisation", "組織"), kit_say(kit, house->name));
    kit_pair(kit, KIT_SAY(kit, "Fitted to", "適用した上書き"), kit_say(kit, def->overlay));
    kit_pair(kit, KIT_SAY(kit, "Difficulty", "難易度"), kit_format(kit, "%d", def->difficulty));
    for (size_t i = 0; i < def->phase_count; i++)
        kit_pair(kit, KIT_FORMAT(kit, "Phase %zu", "フェーズ%zu", i + 1),
            def->phases[i].begins_ms == 0
                ? kit_say(kit, def->phases[i].name)
                : kit_format(kit, "%.*s (%.*s)", STR_ARG(kit_say(kit, def->phases[i].name)),
                      STR_ARG(kit_calendar(kit, def->phases[i].begins_ms))));
    html_close(&kit->html);
}

static void write_objectives(struct kit *kit)
{
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "Objectives", "訓練の目標"));
    html_open(&kit->html, "ol");
    for (size_t i = 0; i < kit->def->objective_count; i++)
        html_element(&kit->html, "li", NULL, kit_say(kit, kit->def->objectives[i].text));
    html_close(&kit->html);
}

static void write_contents(struct kit *kit)
{
    static const struct words columns[] = {
        WORDS("Part", "内容"), WORDS("For whom", "使う人と配り方")};
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "In this kit", "このキットの内容"));
    html_open(&kit->html, "table");
    kit_head(kit, columns, 2);
    html_open(&kit->html, "tbody");
    for (int part = 0; part < KIT_PART_COUNT; part++) {
        html_open(&kit->html, "tr");
        kit_cell(kit, "name", kit_say(kit, parts[part].name));
        kit_cell(kit, NULL, kit_say(kit, parts[part].whose));
        html_close(&kit->html);
    }
    html_close(&kit->html);
    html_close(&kit->html);
}

static void write_how_to(struct kit *kit)
{
    static const struct words steps[] = {
        WORDS("Print on one side. Sort the pages by the line at their top, which says whose eyes "
              "they "
              "are for. Attachments are printed separately; the list of injects names their files.",
            "片面で印刷し、各ページの上端にある閲覧者の表示に従って仕分けます。添付ファイルは別に印"
            "刷してください"
            "（ファイル名は出来事の一覧にあります）。"),
        WORDS("Before STARTEX: role cards to the seats, observer sheets to the observers. Keep the "
              "handouts face down, in the order of the list.",
            "開始前に、役割カードを各席に、観察・評価シートを評価者に配ります。配付票は一覧の順に重"
            "ね、"
            "伏せて手元に置きます。"),
        WORDS(
            "Start a watch at STARTEX. Hand over each inject at its time, and write the real time "
            "into the list. Cut the strip with the number off first.",
            "開始（STARTEX）と同時に時計を動かします。その時刻になったら配付票を渡し、実際の時刻を"
            "一覧に書き込みます。"
            "番号のある上端は、渡す前に切り取ってください。"),
        WORDS(
            "Injects that wait for something come when you see it happen; contingencies only when "
            "what they wait for is missing.",
            "条件のある出来事は、その条件を確認したときに渡します。助け船（コンティンジェンシー）は"
            "、"
            "必要な行動が抜けているときだけ渡します。"),
        WORDS(
            "Calls and messages go to you or the simulation cell, who answer for everybody outside "
            "the room. Nobody real is contacted.",
            "電話やメールは、進行役または模擬応答担当が相手役として受けます。実在の相手には連絡しま"
            "せん。"),
        WORDS("A real incident: say “real incident, exercise stops” aloud, and collect the paper.",
            "実際のインシデントが起きたら、「実際のインシデントです。訓練を中止します」と声に出して"
            "告げ、"
            "資料を回収します。"),
        WORDS("After ENDEX: hot wash with the sheets, then ratings. Collect every page.",
            "終了（ENDEX）後は、振り返り票を使って振り返り、続いて評定します。配った紙はすべて回収"
            "します。"),
    };
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "How to use it", "使い方"));
    html_open_class(&kit->html, "ol", "steps");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        html_element(&kit->html, "li", NULL, kit_say(kit, steps[i]));
    html_close(&kit->html);
}

static void write_cover(struct kit *kit)
{
    kit_sheet(kit, "cover", kit_eyes_facilitator(kit));
    html_element(&kit->html, "p", "kind", KIT_SAY(kit, "Exercise kit", "訓練キット"));
    html_element(&kit->html, "h1", NULL, kit_say(kit, kit->def->title));
    html_element(&kit->html, "p", "summary", kit_say(kit, kit->def->summary));
    write_setting(kit);
    write_objectives(kit);
    write_contents(kit);
    write_how_to(kit);
    kit_sheet_end(kit);
}

/* ---- the document ---- */

static void write_meta(struct kit *kit, const char *name, const char *key, struct str value)
{
    html_void(&kit->html, "meta");
    html_attr(&kit->html, key, str_of(name));
    html_attr(&kit->html, "content", value);
}

static void write_head(struct kit *kit)
{
    struct html *html = &kit->html;
    struct buf text = {0};
    html_open(html, "head");
    html_void(html, "meta");
    html_attr(html, "charset", STR("utf-8"));
    kit_policy(&text);
    write_meta(kit, "Content-Security-Policy", "http-equiv", buf_str(&text));
    write_meta(kit, "viewport", "name", STR("width=device-width, initial-scale=1"));
    html_element(html, "title", NULL,
        kit_format(kit, "%s %.*s", KIT_MARK, STR_ARG(kit_say(kit, kit->def->title))));
    buf_clear(&text);
    kit_style(&text);
    html_style(html, buf_str(&text));
    html_close(html);
    buf_fini(&text);
}

void kit_write(const struct kit_source *source, struct buf *out)
{
    struct kit kit = {.source = source, .def = source->def, .lang = source->lang};
    struct html *html = &kit.html;
    kit.book = (struct phrase_book){.def = source->def, .arena = &kit.arena};
    order_injects(&kit);
    html_init(html, out);
    html_doctype(html);
    html_open(html, "html");
    html_attr(html, "lang", str_of(lang_names[kit.lang]));
    write_head(&kit);
    html_open(html, "body");
    html_open(html, "main");
    if (source->parts == KIT_ALL)
        write_cover(&kit);
    for (int part = 0; part < KIT_PART_COUNT; part++)
        if (source->parts & 1U << part)
            parts[part].write(&kit);
    html_close(html);
    html_close(html);
    html_close(html);
    html_fini(html);
    arena_fini(&kit.arena);
}
