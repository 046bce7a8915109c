/* From a template to Lua, and running it in the sandbox.
 *
 * Each line of a template is one line of Lua, so that a fault names the template's own line. What
 * the templates share (the model, helpers of earlier files) are plain values of the environment. */
#include "report/template.h"

#include <lauxlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/json_read.h"
#include "lua/sandbox.h"
#include "report/html.h"

/* ---- to Lua ---- */

static void add_literal(struct buf *out, struct str text)
{
    if (text.len == 0)
        return;
    buf_add(out, STR("write(\""));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            buf_add_char(out, '\\');
        if (text.ptr[i] == '\n')
            buf_add(out, STR("\\n"));
        else
            buf_add_char(out, text.ptr[i]);
    }
    buf_add(out, STR("\") "));
}

static struct str find(struct str text, const char *mark)
{
    for (size_t at = 0; at + 1 < text.len; at++)
        if (text.ptr[at] == mark[0] && text.ptr[at + 1] == mark[1])
            return str_after(text, at);
    return STR("");
}

static bool add_text_line(struct buf *out, struct str line, struct place place, struct err *reterr)
{
    bool goes_on = line.len != 0 && line.ptr[line.len - 1] == '\\';
    line.len -= goes_on;
    for (;;) {
        struct str open = find(line, "{{");
        if (open.len == 0)
            break;
        struct str rest = str_after(open, 2), close = find(rest, "}}");
        if (close.len == 0)
            return err_set_at(reterr, place, "\"{{\" has no \"}}\" on its line");
        add_literal(out, (struct str){line.ptr, line.len - open.len});
        buf_format(out, "say(%.*s) ", (int)(rest.len - close.len), rest.ptr);
        line = str_after(close, 2);
    }
    add_literal(out, line);
    if (!goes_on)
        add_literal(out, STR("\n"));
    return true;
}

bool template_compile(struct str source, struct str path, struct buf *out, struct err *reterr)
{
    struct place place = {path, 0, 0};
    for (struct str line, rest = source; rest.len != 0;) {
        if (!str_cut(rest, '\n', &line, &rest)) {
            line = rest;
            rest = STR("");
        }
        place.line++;
        struct str code = str_trim(line);
        if (code.len != 0 && code.ptr[0] == '%')
            buf_add(out, str_after(code, 1));
        else if (!add_text_line(out, line, place, reterr))
            return false;
        buf_add_char(out, '\n');
    }
    return true;
}

/* ---- the model as a Lua table ---- */

struct renderer {
    const struct template_host *host;
    struct sandbox *sandbox;
    struct buf *out;
    struct arena arena; /* of one value */
};

static void push_value(lua_State *L, struct renderer *renderer, struct str value);

static void push_members(lua_State *L, struct renderer *renderer, struct str value, bool is_object)
{
    struct str key, member;
    int i = 0;
    lua_newtable(L);
    for (size_t at = 0; json_next(value, &at, is_object ? &key : NULL, &member);) {
        if (is_object)
            lua_pushlstring(L, key.ptr, key.len);
        push_value(L, renderer, member);
        if (is_object)
            lua_rawset(L, -3);
        else
            lua_rawseti(L, -2, ++i);
    }
}

static void push_value(lua_State *L, struct renderer *renderer, struct str value)
{
    int64_t number = 0;
    bool flag = false;
    struct str text = STR("");
    enum json_type type = json_type(value);
    (void)lua_checkstack(L, 4);
    if (type == JSON_OBJECT || type == JSON_ARRAY) {
        push_members(L, renderer, value, type == JSON_OBJECT);
    } else if (type == JSON_INT && json_to_int(value, &number)) {
        lua_pushinteger(L, number);
    } else if (type == JSON_BOOL && json_to_bool(value, &flag)) {
        lua_pushboolean(L, flag);
    } else if (type == JSON_STR && json_to_str(value, &renderer->arena, &text)) {
        lua_pushlstring(L, text.ptr, text.len);
    } else {
        lua_pushnil(L);
    }
}

/* ---- what templates call ---- */

static struct renderer *renderer_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static struct str text_at(lua_State *L, int index)
{
    struct str text;
    text.ptr = luaL_checklstring(L, index, &text.len);
    return text;
}

static int host_write(lua_State *L)
{
    buf_add(renderer_of(L)->out, text_at(L, 1));
    return 0;
}

static int host_say(lua_State *L)
{
    struct renderer *renderer = renderer_of(L);
    if (lua_isnil(L, 1) || lua_isnone(L, 1))
        return luaL_error(L, "there is no such value");
    renderer->host->escape(text_at(L, 1), renderer->out);
    return 0;
}

static int host_t(lua_State *L)
{
    (void)text_at(L, 1);
    (void)text_at(L, 2);
    lua_pushvalue(L, renderer_of(L)->host->lang == LANG_JA ? 2 : 1);
    return 1;
}

static int push_text(lua_State *L, struct renderer *renderer, struct str text)
{
    lua_pushlstring(L, text.ptr, text.len);
    arena_reset(&renderer->arena);
    return 1;
}

static int host_clock(lua_State *L)
{
    struct renderer *renderer = renderer_of(L);
    int64_t ms = luaL_checkinteger(L, 1);
    return push_text(L, renderer, duration_clock(&renderer->arena, ms));
}

/* "63.3", and "100". */
static int host_percent(lua_State *L)
{
    struct renderer *renderer = renderer_of(L);
    int permille = (int)luaL_checkinteger(L, 1);
    struct arena *arena = &renderer->arena;
    return push_text(L, renderer,
        permille % 10 == 0 ? arena_format(arena, "%d", permille / 10)
                           : arena_format(arena, "%d.%d", permille / 10, permille % 10));
}

static int host_picture(lua_State *L)
{
    struct renderer *renderer = renderer_of(L);
    const struct template_host *host = renderer->host;
    lua_pushboolean(
        L, host->picture != NULL && host->picture(host->self, text_at(L, 1), renderer->out));
    return 1;
}

struct str template_text(struct str path)
{
    for (size_t i = 0; i < report_template_count; i++)
        if (str_is(path, report_templates[i].path))
            return (struct str){(const char *)report_templates[i].bytes, report_templates[i].len};
    return STR("");
}

static struct str file_at(lua_State *L, int index)
{
    struct str text = template_text(text_at(L, index));
    if (text.len == 0)
        (void)luaL_error(L, "there is no file \"%s\"", lua_tostring(L, index));
    return text;
}

/* A file as it is: the style sheet. */
static int host_include(lua_State *L)
{
    buf_add(renderer_of(L)->out, file_at(L, 1));
    return 0;
}

/* The policy of a page that includes this style sheet and nothing else. */
static int host_policy(lua_State *L)
{
    struct buf policy = {0};
    html_policy(file_at(L, 1), &policy);
    lua_pushlstring(L, policy.ptr, policy.len);
    buf_fini(&policy);
    return 1;
}

/* ---- running ---- */

static void prepare(struct renderer *renderer)
{
    static const struct {
        const char *name;
        lua_CFunction function;
    } functions[] = {{"write", host_write}, {"say", host_say}, {"t", host_t}, {"clock", host_clock},
        {"percent", host_percent}, {"picture", host_picture}, {"include", host_include},
        {"policy", host_policy}};
    lua_State *L = sandbox_lua(renderer->sandbox);
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        lua_pushlightuserdata(L, renderer);
        lua_pushcclosure(L, functions[i].function, 1);
        sandbox_set_value(renderer->sandbox, functions[i].name);
    }
    push_value(L, renderer, renderer->host->model);
    sandbox_set_value(renderer->sandbox, "m");
    lua_newtable(L);
    sandbox_set_value(renderer->sandbox, "kit");
}

static bool fail(const struct sandbox_fault *fault, struct err *reterr)
{
    struct place place = {fault->file, fault->line, 0};
    return err_set_at(reterr, place, "%s", fault->message);
}

static bool run_file(
    struct renderer *renderer, const struct report_template *file, struct err *reterr)
{
    struct sandbox_fault fault = {0};
    struct buf code = {0};
    struct str source = {(const char *)file->bytes, file->len};
    int result_count;
    bool ok = template_compile(source, str_of(file->path), &code, reterr);
    if (ok && !sandbox_compile(renderer->sandbox, buf_str(&code), str_of(file->path), &fault))
        ok = fail(&fault, reterr);
    buf_fini(&code);
    if (!ok)
        return false;
    lua_State *thread = sandbox_thread(renderer->sandbox, &fault);
    ok = thread != NULL &&
         sandbox_resume(renderer->sandbox, thread, 0, &result_count, &fault) == SANDBOX_RETURNED;
    lua_pop(sandbox_lua(renderer->sandbox), thread != NULL);
    return ok || fail(&fault, reterr);
}

bool template_render(const struct template_host *host, struct buf *out, struct err *reterr)
{
    static const struct sandbox_limits limits = {.memory_bytes = INT64_C(1) << 30,
        .string_bytes = 1 << 20,
        .instructions = INT64_C(4000000000)};
    struct renderer renderer = {.host = host, .out = out, .sandbox = sandbox_new(&limits)};
    if (renderer.sandbox == NULL)
        return err_set(reterr, ERR_LIMIT, "there is not enough memory for the report");
    bool ok = true;
    prepare(&renderer);
    arena_reset(&renderer.arena);
    for (size_t i = 0; ok && i < report_template_count; i++)
        if (str_starts_with(str_of(report_templates[i].path), host->folder))
            ok = run_file(&renderer, &report_templates[i], reterr);
    sandbox_free(renderer.sandbox);
    arena_fini(&renderer.arena);
    return ok;
}
