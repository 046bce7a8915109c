/* The kinds of problems. */
#include "base/json_write.h"
#include "web/reply_problem.h"

const struct reply_problem_row reply_problems[REPLY_PROBLEM_COUNT] = {
    [REPLY_BAD_BODY] = {"bad-body", 400,
        WORDS("What was sent is not what this address takes. Reload the page and try again.",
            "送られた内容を理解できませんでした。"
            "ページを再読み込みして、もう一度お試しください。")},
    [REPLY_BAD_HOST] = {"bad-host", 421,
        WORDS("This program is not reached by that name; use the address that it printed.",
            "この名前ではつながりません。起動時に表示されたアドレスを使ってください。")},
    [REPLY_BUSY] = {"busy", 429,
        WORDS("Too many of your inputs are still waiting for their answer; send it again in a "
              "moment.",
            "返事を待っている入力が多すぎます。少し待ってから、もう一度送ってください。")},
    [REPLY_CHANGED] = {"changed", 409,
        WORDS("Somebody else has changed this item meanwhile, so nothing was saved. Read it again, "
              "then send the change with the number of its last change.",
            "その間に別の人がこの項目を変更したため、保存していません。"
            "変更後の内容を確かめてから、もう一度保存してください。")},
    [REPLY_CODE_CLOSED] = {"code-closed", 403,
        WORDS("The facilitator has closed the code. Ask for a link of your own.",
            "参加コードの受付は、進行役が締め切りました。進行役に専用のリンクをもらってください"
            "。")},
    [REPLY_CLOSING] = {"closing", 503,
        WORDS("The program is closing, and what you sent was not kept. Send it again when the page "
              "is back.",
            "プログラムが終了するところです。送られた内容は記録されていません。"
            "再開したら、もう一度送ってください。")},
    [REPLY_FAILED] = {"failed", 500,
        WORDS("It could not be written just now. Try again in a moment; if it fails again, the "
              "program's own output says why.",
            "作成できませんでした。少し待ってからもう一度お試しください。"
            "繰り返し失敗する場合は、プログラムの出力に理由が表示されています。")},
    [REPLY_FOREIGN] = {"foreign", 403,
        WORDS("This came from a page of another site and was not done. Do it on this program's own "
              "page.",
            "ほかのサイトのページからの操作は受け付けません。"
            "このプログラムのページから操作してください。")},
    [REPLY_FORBIDDEN] = {"forbidden", 403,
        WORDS("Your seat may not do this; the facilitator can.",
            "この席からは、この操作はできません。必要なときは進行役に頼んでください。")},
    [REPLY_FREED] = {"freed", 401,
        WORDS("The facilitator has freed this seat, and this page can do nothing more. If you are "
              "to go on, ask the facilitator for a new link.",
            "進行役がこの席の参加を解除したため、このページからは操作できません。"
            "引き続き参加する場合は、進行役に新しいリンクをもらってください。")},
    [REPLY_FULL] = {"full", 409,
        WORDS("As many browsers have joined as there is room for. Use one that has joined already.",
            "参加できるブラウザーの数が上限に達しました。参加済みのブラウザーを使ってください。")},
    [REPLY_ID_USED] = {"id-used", 409,
        WORDS(
            "This id was used before for something else, so nothing was done. Reload the page and "
            "do it again.",
            "同じIDが別の内容ですでに使われているため、実行されていません。"
            "ページを再読み込みして、もう一度操作してください。")},
    [REPLY_IN_PLAY] = {"in-play", 409,
        WORDS("This can be read once the exercise has ended (ENDEX).",
            "これは、演習が終了（ENDEX）してから読めます。")},
    [REPLY_LINK] = {"link", 403,
        WORDS("This link or code has been used already, or is not known. Check it, or ask the "
              "facilitator for a new one.",
            "リンクまたは参加コードが使用済みか、無効です。"
            "入力を確かめるか、進行役に新しいものをもらってください。")},
    [REPLY_METHOD] = {"method", 405,
        WORDS("This address does not take that method. Go back to the page and reload it.",
            "このアドレスでは、そのメソッドは使えません。ページに戻って再読み込みしてください。")},
    [REPLY_NO_SESSION] = {"no-session", 401,
        WORDS("This browser has no place here. Open a link from the facilitator, or join with the "
              "room's code.",
            "このブラウザーは参加していません。"
            "進行役のリンクを開くか、参加コードを入力してください。")},
    [REPLY_NOT_FOUND] = {"not-found", 404,
        WORDS("There is nothing at this address. Check it, or go back to the page that you came "
              "from.",
            "このアドレスには何もありません。アドレスを確かめるか、前のページに戻ってください。")},
    [REPLY_NOT_JSON] = {"not-json", 415,
        WORDS("This address takes JSON only. Send it as application/json.",
            "このアドレスは JSON だけを受け付けます。application/json として送ってください。")},
    [REPLY_NOT_KEPT] = {"not-kept", 503,
        WORDS("It could not be kept on disk, so it did not happen; nothing else is lost. Try again "
              "in "
              "a moment. If it goes on, there may be no room left on the disk of the machine that "
              "runs the program.",
            "ディスクに保存できなかったため、実行されていません（ほかの内容は失われていません）。"
            "少し待ってから、もう一度お試しください。"
            "続くときは、プログラムを動かしている端末のディスクの空きを確認してください。")},
    [REPLY_NOT_PLANNED] = {"not-planned", 422,
        WORDS("The plan was not changed. Put right what is named and try again.",
            "改善計画は変更されていません。示された点を直して、もう一度お試しください。")},
    [REPLY_NOT_READY] = {"not-ready", 503,
        WORDS("The exercise is being read again from its record; try again in a moment.",
            "演習を記録から読み直しています。少し待ってからやり直してください。")},
    [REPLY_NOT_REMADE] = {"not-remade", 422,
        WORDS("The exercise could not be made anew like this, and stays as it was. Change what is "
              "named and try again.",
            "この内容では演習を作り直せませんでした。演習は元のままです。"
            "示された点を直して、もう一度お試しください。")},
    [REPLY_REFUSED] = {"refused", 422,
        WORDS("This is not possible now.", "いまは、この操作はできません。")},
    [REPLY_SLOW_DOWN] = {"slow-down", 429,
        WORDS("Too many wrong links or codes came from this address. Wait a minute and try again.",
            "このアドレスから無効なリンクや参加コードが続けて送られました。"
            "1分ほど待ってから、もう一度お試しください。")},
    [REPLY_TAKEN] = {"taken", 409,
        WORDS("Somebody sits at this seat already. Choose another one, or ask the facilitator for "
              "a link of your own.",
            "この席にはすでに参加者がいます。"
            "別の席を選ぶか、進行役に専用のリンクをもらってください。")},
    [REPLY_TOO_BIG] = {"too-big", 413,
        WORDS("This is more than one input may hold; shorten the text.",
            "一度に送れる量を超えています。文章を短くしてください。")},
    [REPLY_TOO_SOON] = {"too-soon", 429,
        WORDS(
            "An exercise was made anew a moment ago, here or in another room of this program, and "
            "this one stays as it was. Wait two seconds and try again.",
            "直前に演習が作り直されたばかりです（別の卓の場合もあります）。"
            "この演習は元のままです。2秒ほど待ってから、もう一度お試しください。")},
    [REPLY_TWO_SEATS] = {"two-seats", 409,
        WORDS("This browser has just taken two seats with the code. For a further one ask the "
              "facilitator for its link, or wait ten minutes.",
            "このブラウザーは、参加コードで続けて2席に参加しました。"
            "さらに参加するには、進行役にその席のリンクをもらうか、10分ほど待ってください。")},
    [REPLY_WRITING] = {"writing", 429,
        WORDS("As many reports are being written or fetched as can be at one time. Wait for those "
              "that you asked for, and try again in a moment.",
            "同時に作成・取得できる報告書の数に達しています。すでに頼んだものが届くのを待って、"
            "少し後でもう一度お試しください。")},
};

static struct str either(struct str first, struct str second)
{
    return first.len > 0 ? first : second;
}

void reply_problem_write(
    enum reply_problem problem, const struct reply_problem_case *which, struct buf *out)
{
    static const struct reply_problem_case nothing = {0};
    const struct reply_problem_row *row = &reply_problems[problem];
    const struct reply_problem_case *one = which ? which : &nothing;
    const struct words *sentence = one->sentence ? one->sentence : &row->sentence;
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "detail", either(one->detail, sentence->in[LANG_EN]));
    if (problem == REPLY_NOT_PLANNED)
        json_write_key_str(&json, "field", one->field);
    if (problem == REPLY_REFUSED) {
        json_write_key_str(&json, "id", one->input);
        json_write_key_bool(&json, "ok", false);
    }
    json_write_key_str(&json, "reason", either(one->reason, str_of(row->reason)));
    json_write_key_words(&json, "sentence", sentence);
    json_write_key_int(&json, "status", row->status);
    if (problem == REPLY_REFUSED)
        json_write_key_str(&json, "what", one->what);
    json_write_end(&json);
}
