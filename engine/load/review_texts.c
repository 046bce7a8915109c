/* Texts that were not translated, by their letters: which language is good is for people to say. */
#include "load/review_parts.h"

/* Fewer words may be a name, a number or an address, which is the same everywhere. */
enum { PHRASE_WORDS = 4 };

/* The next character of a text that is UTF-8. */
static uint32_t next_character(struct str *text)
{
    unsigned char first = (unsigned char)text->ptr[0];
    size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint32_t value = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length && i < text->len; i++)
        value = value << 6 | ((unsigned char)text->ptr[i] & 0x3Fu);
    *text = str_after(*text, length < text->len ? length : text->len);
    return value;
}

/* Kana and the ideographs that Japanese uses. */
static bool is_japanese(uint32_t character)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x3041, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xFF66, 0xFF9F}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

struct letters {
    size_t japanese, latin, words;
};

static struct letters count_letters(struct str text)
{
    struct letters letters = {0};
    bool in_word = false;
    while (text.len > 0) {
        uint32_t character = next_character(&text);
        bool is_latin = (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
        letters.japanese += is_japanese(character);
        letters.latin += is_latin;
        letters.words += is_latin && !in_word;
        in_word = is_latin || (in_word && character > ' ');
    }
    return letters;
}

static void review_text(
    const struct review *review, const struct tree_node *en, const struct tree_node *ja)
{
    struct letters in_en = count_letters(en->text), in_ja = count_letters(ja->text);
    bool is_phrase = in_en.words >= PHRASE_WORDS || in_en.japanese > 0;
    if (str_eq(str_trim(en->text), str_trim(ja->text)) && is_phrase)
        TELL(review, KIND_SAME_TEXT, ja->place,
            "this text is the same in both languages; translate it");
    else if (in_ja.japanese == 0 && in_ja.words >= PHRASE_WORDS)
        TELL(review, KIND_OTHER_LANGUAGE, ja->place,
            "this text is given as Japanese and holds no Japanese; translate it");
    else if (in_en.japanese > in_en.latin)
        TELL(review, KIND_OTHER_LANGUAGE, en->place,
            "this text is given as English and is Japanese; translate it");
}

/* A text is a mapping of languages wherever it stands; whatever is read has been checked. */
static void review_tree(const struct review *review, const struct tree_node *node)
{
    const struct tree_node *en = tree_get(node, STR("en")), *ja = tree_get(node, STR("ja"));
    if (en && ja && en->kind == TREE_SCALAR && ja->kind == TREE_SCALAR)
        review_text(review, en, ja);
    for (size_t i = 0; node && i < node->count; i++)
        if (node->kind == TREE_LIST)
            review_tree(review, node->items[i]);
        else if (node->kind == TREE_MAP)
            review_tree(review, node->pairs[i].value);
}

void review_texts(const struct review *review)
{
    const struct places *places = &review->loaded->places;
    review_tree(review, places->scenario);
    review_tree(review, places->facts);
    review_tree(review, places->injects);
    review_tree(review, places->rules);
}
