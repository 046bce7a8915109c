/* tocsin kit: what a facilitator prints the day before.
 *
 * Made from the scenario's folder, so that it needs no record and no exercise. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/mistakes.h"
#include "report/kit.h"

/* The parser lets through only what there is. */
static unsigned parts_of(const struct command_line *line)
{
    unsigned parts = KIT_ALL;
    kit_part_find(str_of(command_value(line, "--part")), &parts);
    return parts;
}

static bool write_kit(const struct command_line *line, struct arena *arena,
    struct problems *problems, struct err *reterr)
{
    struct bundle bundle;
    struct def def;
    struct rules rules;
    struct disk_source source = {.scenario = line->arguments[0],
        .overlay = command_value(line, "--overlay"),
        .organisation = command_value(line, "--org"),
        .problems = problems,
        .home = command_value(line, "--home")};
    if (!disk_bundle_from(&source, arena, &bundle, reterr) ||
        !load_scenario(&bundle, arena, problems, &def, &rules))
        return false;
    struct buf out = {0};
    kit_write(&(struct kit_source){&def, &rules, command_lang(line), parts_of(line), (int)def.mode},
        &out);
    const char *path = command_value(line, "--out");
    bool ok = true;
    if (path != NULL)
        ok = disk_write(path, buf_str(&out), NULL, reterr);
    else
        fwrite(out.ptr, 1, out.len, stdout);
    buf_fini(&out);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct err err;
    bool ok = write_kit(line, &arena, &problems, &err);
    enum command_exit done = ok ? COMMAND_OK : mistakes_fail(line, &problems, &err);
    problems_fini(&problems);
    arena_fini(&arena);
    return done;
}

const struct command command_kit = {
    .name = "kit",
    .arguments = "SCENARIO",
    .argument_min = 1,
    .argument_max = 1,
    .help = "write what is printed the day before, as one page of HTML",
    .details =
        "Role cards, the list of injects with times, a handout for each inject, and sheets for\n"
        "observers: a fallback on paper. Print it from a browser; each page says at its top\n"
        "whose eyes it is for. What goes to players gives nothing away.",
    .examples = {"tocsin kit scenarios/phone-tree --out kit.html",
        "tocsin kit scenarios/phone-tree --lang ja --part role-cards --out cards.html",
        "tocsin kit scenarios/ransomware --overlay scenarios/ransomware/overlays/abroad.yaml --out "
        "kit.html"},
    .options = {{"--part", "role-cards|injects|handouts|observers",
                    "this part only, without cover"},
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_ORG,
        {"--lang", "en|ja", "the language; en if not given"},
        {"--out", "FILE", "write there, whole or not at all"}, COMMAND_HOME},
    .run = run,
};
