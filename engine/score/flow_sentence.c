/* Sentences about what went to whom: whether it was for them, and whether its marking was right. In
 * a row's text {e} stands for what happened, {f} for the statement, {n} for a newer one, {p} for
 * the party, {l} for the label that the statement had come with, {m} for the message's own. */
#include "score/teller.h"

static const struct {
    const char *why;
    struct words text;
} flow_rows[] = {
    {"tlp", WORDS("{e}; it took {f} to {p}, which the label of its source, {l}, does not allow.",
                "{e}。{f}は、情報源の指定（{l}）では{p}に伝えてよいものではなかった。")},
    {"marking", WORDS("{e}; it was marked {m}, though {f} had come as {l}.",
                    "{e}。{l}で受け取った{f}を、{m}と表示して伝えた。")},
    {"need", WORDS("{e}, and with it {f}, which is not for {p}.",
                 "{e}。{f}という、{p}に伝えてはならない内容を含んでいた。")},
    {"over", WORDS("{e}; its marking, {m}, kept {f} from {p}, who must have it.",
                 "{e}。{m}と表示したため、知るべき{p}に{f}ということが伝わらなくなった。")},
    {"contradiction", WORDS("{e}; it said {f}, though the newer {n} had already been passed on.",
                          "{e}。{f}と伝えたが、より新しい{n}がすでに伝えられていた。")},
    {"", WORDS("{e}, and nothing in it went where it must not.",
             "{e}。伝えてはならない相手には渡っていない。")},
};

static struct str label(int tlp)
{
    static const char *const names[TLP_COUNT] = {
        "", "TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"};
    return str_of(names[tlp]);
}

struct str flow_sentence(const struct teller *teller)
{
    const struct phrase_book *book = &teller->context->book;
    const struct event *event = teller->evidence->target;
    const struct leak *leak = &teller->evidence->instance->leak;
    int own_tlp = event->kind == EVENT_MESSAGED ? event->body.messaged.tlp : (int)TLP_NONE;
    struct teller_value values[] = {{'e', teller_told(teller, event)},
        {'f', phrase_fact(book, teller->lang, leak->fact)},
        {'n', phrase_fact(book, teller->lang, leak->newer)},
        {'p', phrase_party(book, teller->lang, leak->party)}, {'l', label(leak->tlp)},
        {'m', label(own_tlp)}};
    size_t row = 0, last = sizeof(flow_rows) / sizeof(flow_rows[0]) - 1;
    while (row < last && !str_is(teller->finding->miss_why, flow_rows[row].why))
        row++;
    return teller_fill(
        teller, flow_rows[row].text.in[teller->lang], values, sizeof(values) / sizeof(values[0]));
}
