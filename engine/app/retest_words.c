/* The words of a retest. What players read tells nothing of the rule: they would play to it. */
#include "app/retest_words.h"

#include "base/duration.h"

const struct words retest_facilitator = WORDS("Facilitator", "進行役");
const struct words retest_opening_title =
    WORDS("EXERCISE: ten to twenty minutes, once more", "【訓練】10～20分間の再確認");
const struct words retest_opening_body = WORDS(
    "This is an exercise of ten to twenty minutes. **Nobody real is called**: calls and mails go "
    "through\n"
    "the tool. It takes up one moment of an earlier exercise; what came before and after it is\n"
    "left out. What you remember of that day may be used.\n",
    "これは10～20分間の訓練です。**実在の相手には連絡しません。** "
    "電話やメールはツールから送ってください。\n"
    "以前の演習の一場面をもう一度取り上げます。その前後の出来事は省いてあります。\n"
    "前回の経験を生かして構いません。\n");
const struct words retest_summary = WORDS("Ten to twenty minutes about one moment of an earlier "
                                          "exercise, to see whether it goes well now.",
    "以前の演習の一場面を10～20分間でもう一度行い、改善を確かめます。");

const struct words retest_window_note =
    WORDS(" (In this retest: 5 minutes.)", "（この再確認では5分以内）");

struct words retest_title(struct arena *arena, const struct words *title)
{
    static const struct words prefix = WORDS("Retest: ", "再確認：");
    struct words out;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str begin = prefix.in[lang], text = title->in[lang];
        out.in[lang] = str_starts_with(text, begin)
                           ? text
                           : arena_format(arena, "%.*s%.*s", STR_ARG(begin), STR_ARG(text));
    }
    return out;
}

/* What stands in the README, in one language. */
struct readme {
    const char *head, *source, *rule, *why, *table, *row, *follows, *situation, *players, *window,
        *left, *run;
};
static const struct readme readmes[LANG_COUNT] = {
    [LANG_EN] = {.head = "# %.*s\n\nFor the facilitator; players should not read this.\n\n",
        .source = "Ten to twenty minutes, made of exercise `%.*s` by `tocsin retest`.\n\n",
        .rule = "**The rule**: %.*s [`%.*s`]\n\n",
        .why = "**Why**: %.*s\n\n",
        .table = "| when | inject |\n| --- | --- |\n",
        .row = "| %.*s | %.*s (`%.*s`) |\n",
        .follows = "| after what happens | %.*s (`%.*s`) |\n",
        .situation =
            "No inject brought the rule about in that exercise: these are the ones that came "
            "before it began.\n\n",
        .players = "The rule begins with something that players do (a message, a decision, telling "
                   "a colleague). If they do nothing, it is listed as not activated.\n\n",
        .window =
            "**Changed**: the rule gave more time than there is. Here it gives five minutes; a "
            "result of this retest is not the same as one of the exercise.\n\n",
        .left =
            "Left out: the story (`story.lua`), all other injects, facts and rules, hints. What "
            "came by the story or on the calendar comes by the clock here. Roles and the "
            "organisation are shared files, not part of this folder.\n\n",
        .run = "```\ntocsin check DIR\ntocsin serve DIR\n```\n\nwhere DIR is this folder.\n"},
    [LANG_JA] = {.head = "# %.*s\n\n進行役向けです。参加者には見せないでください。\n\n",
        .source = "演習 `%.*s` から `tocsin retest` で作成した、10～20分間の訓練です。\n\n",
        .rule = "**確認するルール**：%.*s［`%.*s`］\n\n",
        .why = "**理由**：%.*s\n\n",
        .table = "| 時刻 | 状況付与 |\n| --- | --- |\n",
        .row = "| %.*s | %.*s（`%.*s`） |\n",
        .follows = "| 参加者の行動などに応じて | %.*s（`%.*s`） |\n",
        .situation = "元の演習では、このルールの起点となった状況付与はありません。上の状況付与は、"
                     "その前に届いていた"
                     "ものです。\n\n",
        .players = "このルールは、参加者の行動（連絡、決定、同僚への伝達など）から始まります。何も"
                   "行わなければ"
                   "「該当なし」となります。\n\n",
        .window = "**変更点**：元のルールの制限時間は訓練時間より長いため、ここでは5分としました。"
                  "元の演習の結果とそのまま比べることはできません。\n\n",
        .left =
            "省いたもの：ストーリー（`story.lua`"
            "）、その他の状況付与、事実、ルール、ヒント。ストーリーや"
            "暦の時刻によって届いていた状況付与は、ここでは経過時間で届きます。役割と組織は共有ファ"
            "イルで、"
            "このフォルダーには含まれません。\n\n",
        .run = "```\ntocsin check DIR\ntocsin serve DIR\n```\n\nDIRはこのフォルダーです。\n"},
};

static void write_table(
    const struct retest *retest, enum lang lang, const struct readme *readme, struct buf *out)
{
    const struct def *def = &retest->loaded.def;
    buf_add(out, str_of(readme->table));
    for (size_t i = 0; i < retest->timed_count; i++) {
        const struct def_inject *inject = &def->injects[retest->timed[i]];
        struct str when =
            duration_clock(&retest->past->arena, retest->injects[retest->timed[i]].at_ms);
        buf_format(
            out, readme->row, STR_ARG(when), STR_ARG(inject->title.in[lang]), STR_ARG(inject->id));
    }
    for (size_t i = 0; i < def->inject_count; i++)
        if (retest->injects[i].part == RETEST_FOLLOWS)
            buf_format(out, readme->follows, STR_ARG(def->injects[i].title.in[lang]),
                STR_ARG(def->injects[i].id));
    buf_add_char(out, '\n');
}

static void write_one(const struct retest *retest, enum lang lang, struct buf *out)
{
    const struct readme *readme = &readmes[lang];
    const struct rule *rule = retest->rule;
    struct words title = retest_title(&retest->past->arena, &retest->loaded.def.title);
    buf_format(out, readme->head, STR_ARG(title.in[lang]));
    buf_format(out, readme->source, STR_ARG(retest->past->exercise.id));
    buf_format(out, readme->rule, STR_ARG(rule->title.in[lang]), STR_ARG(rule->id));
    buf_format(out, readme->why, STR_ARG(rule->why.in[lang]));
    write_table(retest, lang, readme, out);
    if (retest->is_situation)
        buf_add(out, str_of(readme->situation));
    if (retest->needs_players)
        buf_add(out, str_of(readme->players));
    if (retest->is_window_cut)
        buf_add(out, str_of(readme->window));
    buf_add(out, str_of(readme->left));
    buf_add(out, str_of(readme->run));
}

void retest_write_readme(const struct retest *retest, struct buf *out)
{
    write_one(retest, LANG_EN, out);
    buf_add_char(out, '\n');
    write_one(retest, LANG_JA, out);
}
