-- What the table's deeds bring about. The clock brings the master events (injects.yaml, `at:` and
-- `story_at:`); each story here waits for one of them, for what the table makes of it, and answers.
-- README.md tells the same thing as a table, for people.

local bosses <const> = {"management", "management-deputy"}

-- The world keeps what was done, whoever did it.
on(action "cut-outside-lines", function() set("outside-lines", "cut") end)
on(action "reopen-vendor-line", function() set("outside-lines", "open") end)
on(action "cut-sister-link", function() set("sister-link", "cut") end)
on(action "stop-records", function() set("records", "stopped") end)
on(action "records-read-only", function() set("records", "read-only") end)
on(action "reset-accounts", function() set("attacker", "disturbed") end)
on(action "divert-ambulances", function() set("emergencies", "limited") end)

on(action "call-headquarters", function()
    if get "headquarters" == "none" then set("headquarters", "small") end
end)

on(action "take-image", function()
    if get "evidence" == "at-risk" then set("evidence", "part") end
end)

on(action "rebuild", function(deed)
    if deed.target == "file-server" and get "evidence" == "at-risk" then set("evidence", "lost") end
end)

on(action "print-ward-lists", function()
    local state = get "records"
    if state == "running" or state == "read-only" then
        wait "6m"
        set("lists", "printed")
        reveal("lists-printed", {"commander", "handler", "poc"})
    else
        inject("lists-empty", {after = "1m"})
    end
end)

-- ---- The calendar: two jumps, each with a sheet for what happens in between -----------------------

story("the calendar", function()
    wait_until "31m30s"
    jump {phase = "morning", sheet = true}
    await(phase "morning")
    wait "27m30s"
    jump {phase = "day-four", sheet = true}
end)

-- ---- The night -----------------------------------------------------------------------------------

-- The job is through thirteen and a half minutes after the operator calls. Pulled before, Sunday's set
-- is safe; left, tonight's survives only if the attackers lost their line in time.
story("the backup", function()
    await(delivered "spreading")
    if await(action "cut-backup-link", "9m") then
        set("backup", "sunday")
        inject("backup-cut", {after = "1m"})
    elseif get "outside-lines" == "cut" then
        if await(action "cut-backup-link", "4m30s") then
            set("backup", "sunday")
            inject("backup-cut", {after = "1m"})
        else
            wait "2m"
            set("backup", "tonight")
            inject "backup-job-done"
        end
    elseif await(action "cut-backup-link", "3m") then
        set("backup", "sunday")
        inject("backup-cut", {after = "1m"})
    else
        set("backup", "encrypted")
        inject "backup-gone"
    end
end)

-- What was decided must also be said to the one pair of hands.
local first_deed <const> = {
    ["backup-first"] = action "cut-backup-link",
    ["lines-first"] = action "cut-outside-lines",
}

story("decided is not done", function()
    await(delivered "spreading")
    local choice = ask("containment-order", "6m")
    if choice == "wait-for-job" then return end
    local deed = action {}
    if choice then deed = first_deed[choice] end
    if not happened(deed) and not await(deed, "4m") then
        contingency("who-pulls-the-cable", "decided, or left open, and nothing done four minutes later")
    end
end)

-- The CSIRT advises, management orders: the advice must reach somebody who may.
story("the records system", function()
    local call = await(delivered "ward-calls")
    local choice = ask("records-advice", "7m")
    if not happened(reached {by = bosses}, call.at_ms) and not await(reached {by = bosses}, "2m30s") then
        contingency("deputy-asks", "the question of the records system had reached nobody who may decide it")
        wait "1m"
    end
    if choice == "read-only" then
        set("records", "read-only")
        inject "records-read-only"
    elseif choice == "run-on" then
        inject "records-left-running"
    else -- "stop", or nobody advised her: then she takes the safe side
        set("records", "stopped")
        inject "records-stopped"
    end
    if choice ~= "read-only" and choice ~= "run-on" then return end
    wait "5m"
    if get "outside-lines" ~= "cut" then
        set("records", "encrypted")
        inject "records-fall"
    elseif choice == "run-on" then -- what lay inside already needs no line
        inject("records-limp", {after = "3m"})
    else -- and a screen that looks as always is believed
        await(phase "morning")
        inject("stale-screen", {after = "6m"})
    end
end)

-- 02:30 on 5 West. What counts is what lies before the nurse's eyes.
story("half past two", function()
    await(delivered "ward-calls")
    wait "18m"
    local records = get "records"
    if get "lists" == "printed" or records == "read-only" or records == "running" then
        set("harm", "near-miss")
        inject "allergy-spotted"
    else
        set("harm", "harmed")
        inject("allergy-reaction", {after = "5m"}) -- a minute into the infusion, then four to treat her
    end
end)

story("the ambulance", function()
    await(delivered "ambulance")
    local choice = ask("emergencies", "4m")
    if choice == "divert-all" then
        set("emergencies", "diverted")
        inject("ambulance-sent-on", {after = "7m"})
        return
    end
    if choice == "take-this-one" then
        set("emergencies", "limited")
    elseif choice == "take-all" then
        wait "6m"
        inject "ambulance-taken"
        wait "3m"
        if get "emergencies" == "open" then inject "second-ambulance" end
        return
    else
        contingency("emergency-alone", "the emergency department had no answer in time")
    end
    inject("ambulance-taken", {after = "6m"})
end)

story("when did we know", function()
    local asked = await(delivered "legal-asked")
    local choice = ask("legal-clock", "10m")
    if not happened(declaration {}, asked.at_ms) and not await(declaration {}, "3m") then
        contingency("clock-again", "nothing declared about personal data")
    elseif choice == "aware-now" then
        inject("clock-noted", {after = "1m"})
    end
    if choice == "suspected-with-review" then
        await(phase "morning")
        inject("review-due", {after = "9m"})
    elseif choice == "wait-for-evidence" then
        await(phase "day-four")
        inject("counsel-warns", {after = "11m"})
    end
end)

local told_enough <const> = {"printers-notes", "scope-first", "scope-revised", "backup-reachable", "sister-shares"}

story("the linked hospitals", function()
    await(delivered "linked-hospitals")
    local choice = ask("linked-answer", "7m")
    if choice == "advise-cut" or
        (choice == "facts-only" and happened(message {to = {"sister", "linked-clinics"}, facts = told_enough})) then
        set("sister-link", "cut")
        inject("sister-cuts", {after = "2m"})
    end -- "stay-connected", or an answer with nothing in it: they stay
    await(phase "morning")
    if get "sister-link" == "cut" then
        set("sister", "safe")
    else
        set("sister", "infected")
        inject("sister-infected", {after = "30s"})
    end
end)

story("the vendor", function()
    await(delivered "vendor-line")
    local choice = ask("vendor-line-answer", "7m")
    if choice == "open-watched" then
        inject("vendor-helps", {after = "5m"})
    elseif choice == "on-site" then
        inject("vendor-on-road", {after = "2m"})
    elseif choice == "open-as-before" then
        set("outside-lines", "open")
        inject("line-misused", {after = "4m"})
    end
end)

story("the headquarters", function()
    await(delivered "headquarters")
    local choice = ask("headquarters-advice", "5m")
    if choice == "full-now" then
        set("headquarters", "full")
    elseif choice == "small-now" then
        set("headquarters", "small")
    else -- "at-half-past-eight", or nothing
        set("headquarters", "later")
    end
    await(phase "morning")
    if get "headquarters" == "later" then
        inject("phones-everywhere", {after = "7m"})
    else
        inject("hq-stands", {after = "4m"})
    end
    if choice == "full-now" then inject("forty-tired", {after = "15m"}) end
end)

-- She knows more than anybody asked her: once at night, once in the morning.
story("the systems section", function()
    if await(reached {by = "it-lead"}, "29m") then inject("it-lead-night", {after = "20s"}) end
    await(phase "morning")
    if await(reached {by = "it-lead"}, "15m") then
        inject("it-lead-morning", {after = "90s"})
    else
        contingency("it-lead-unasked", "nobody asked the systems section what the logs say")
    end
end)

-- ---- The next morning ----------------------------------------------------------------------------

story("dialysis", function()
    await(delivered "dialysis-seven")
    local choice = ask("dialysis", "7m")
    local well = false
    if choice == "start-on-paper" then
        well = get "lists" == "printed"
    elseif choice == "send-to-sister" then
        well = get "sister" ~= "infected"
    else -- "wait-for-doctor", or nobody said: somebody must be there to find a doctor sooner
        local staffed = get "headquarters"
        well = staffed == "full" or staffed == "small"
    end
    wait "10m"
    if well then
        inject "dialysis-went-well"
    else
        set("harm", "harmed")
        if choice == "start-on-paper" then inject "dialysis-drop" else inject "dialysis-potassium" end
    end
end)

local outside <const> = message {to = {"press", "customer"}}

story("seven o'clock", function()
    await(delivered "reporter")
    wait "21m30s"
    local choice = decided "holding-statement"
    local spoke = happened(outside)
    if choice == "with-number" and spoke then
        set("number", "ours")
        inject "number-printed"
    elseif choice == "conference" then
        set("number", "theirs")
        inject "reporters-come"
    elseif spoke then -- "known-and-unknown", or somebody spoke before it was decided
        set("number", "theirs")
        inject "statement-quoted"
    elseif choice == "nothing-yet" then
        set("number", "theirs")
        contingency("paper-online", "it was decided to say nothing before the director is asked")
    else
        set("number", "theirs")
        contingency("paper-online", "neither the press nor the patients had been told anything")
    end
end)

story("the evidence", function()
    await(delivered "police-and-wards")
    local choice = ask("preserve-or-rebuild", "9m")
    if choice == "image-first" then
        set("evidence", "kept")
        inject("wards-wait", {after = "4m"})
    elseif choice == "in-parallel" then
        set("evidence", "part")
        inject("second-team", {after = "3m"})
    elseif choice == "rebuild-now" then
        set("evidence", "lost")
        await(phase "day-four")
        inject("evidence-gone", {after = "9m"})
    end
end)

story("the theatre", function()
    await(delivered "surgery-list")
    local choice = ask("surgery", "7m")
    if choice == "two-only" or choice == "none" or happened(action "postpone-surgery") then
        inject("surgery-heard", {after = "3m"})
    elseif choice == "as-planned" then
        inject("surgery-stands", {after = "5m"})
    end
end)

story("the insurer", function()
    await(delivered "insurer-terms")
    local choice = ask("insurer-answer", "9m")
    if choice == "panel-firm" then
        inject("insurer-waits", {after = "3m"})
    elseif choice == "own-firm-now" or choice == "both" then
        inject("insurer-reserves", {after = "3m"})
    end
end)

story("the intruders", function()
    await(delivered "evict-or-scope")
    local choice = ask("evict-or-scope-answer", "8m")
    if choice == "evict-now" then
        set("attacker", "disturbed")
        inject("attackers-react", {after = "1m"})
    elseif choice == "watch-until-evening" or choice == "fence-the-clinical" then
        set("attacker", "watched")
        await(phase "day-four")
        inject("watched-doors", {after = "4m"})
    end
end)

story("the authorities", function()
    await(phase "morning")
    wait "25m30s"
    if not happened(message {to = {"prefecture", "prefecture-duty", "ministry"}}) then
        contingency("prefecture-calls-first", "neither the prefecture nor the ministry had heard from us")
    end
end)

-- ---- Day four ------------------------------------------------------------------------------------

story("talk or pay", function()
    await(delivered "leak-sample")
    local choice = ask("talk-or-pay", "12m")
    if choice == "contact-only" then
        inject("clock-moves", {after = "5m"})
    elseif choice == "keep-payment-open" then
        inject("board-questions", {after = "3m"})
    else -- "no-contact", or no advice
        inject("second-sample", {after = "5m"})
    end
end)

story("the lists of sanctions", function()
    await(phase "day-four")
    await(reached {by = "counsel"})
    inject("counsel-on-lists", {after = "2m"})
end)

-- A number that we named is taken back where we named it; one that only went round inside and to the
-- prefecture, there.
local right_number <const> = {"number-revised", "number-true"}
local corrected <const> = message {facts = right_number, to = {"press", "customer", "prefecture", "pr"}}
local corrected_in_public <const> = message {facts = right_number, to = {"press", "customer"}}

story("the number", function()
    await(delivered "count-changed")
    local choice = ask("correct-number", "10m")
    local taken_back = corrected
    if get "number" == "ours" then taken_back = corrected_in_public end
    if choice == "at-once" and (happened(taken_back) or await(taken_back, "6m")) then
        inject("correction-printed", {after = "5m"})
    elseif choice == "when-final" then -- three days are long for somebody who can count
        inject("paper-recounts", {after = "2m"})
    else -- "with-the-letters", or decided and not done
        inject("paper-recounts", {after = "5m"})
    end
end)

-- What was kept can be counted; what was overwritten cannot.
story("the clean number", function()
    await(delivered "count-changed")
    wait "17m"
    if get "evidence" ~= "lost" then inject "clean-number" end
end)

local report_filed <const> = message {to = "regulator", type = {"notification", "report"}}

on(report_filed, function(m)
    await(reached {by = "regulator", message = m.message})
    wait "1m"
    if not seen "regulator-answer" then reply(m, "regulator-answer") end
end)

story("the report", function()
    await(delivered "count-changed")
    local choice = ask("notify-unknowns", "10m")
    if choice == "telephone-first" and
        (happened(message {to = "regulator"}) or await(message {to = "regulator"}, "6m")) then
        return
    end
    if choice == "file-today" and (happened(report_filed) or await(report_filed, "6m")) then return end
    -- "file-on-tuesday", or what was decided was not done
    if not happened(report_filed) then inject("regulator-rings", {after = "3m"}) end
end)

story("starting again", function()
    await(delivered "reinfected")
    local choice = ask("restart-criteria", "10m")
    if choice == "all-rebuilt" or (choice == "in-steps" and get "backup" == "encrypted") then
        inject("surgeons-press", {after = "4m"}) -- also when there is hardly anything to restore from
    elseif choice == "in-steps" then
        inject("steps-hold", {after = "4m"})
    elseif choice == "now-with-watch" then
        local undisturbed = get "attacker" == "inside"
        inject("quiet-then-not", {after = undisturbed and "3m" or "5m"})
    end
end)

story("the director's page", function()
    await(delivered "one-page")
    if await(message {to = "management", by = {"commander", "poc"}}, "8m") then
        inject("director-thanks", {after = "2m"})
    else
        contingency("director-asks-again", "the director had no page eight minutes after he asked")
    end
end)

story("the letters", function()
    await(delivered "patient-letters")
    local choice = ask("letters", "8m")
    if choice == "twelve-in-person" then
        inject("letters-answered", {after = "3m"})
    elseif choice == "everybody-by-post" or choice == "notice-and-line" then
        inject("letters-flood", {after = "3m"})
    end
end)

story("the family", function()
    await(phase "day-four")
    wait "23m"
    if get "harm" == "harmed" then inject "family-asks" end
end)

-- A fault that had nothing to do with it is explained when nobody asks any more.
story("the two disks", function()
    await(delivered "storage-fault")
    await(phase "morning")
    wait "12m"
    reveal("storage-worn", "handler")
end)
