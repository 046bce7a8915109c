-- What a time or a single condition cannot say: the world answers what the team decides. Each story
-- begins at the start and reads from top to bottom; where it waits, everything else goes on.
-- All functions, with examples: docs/story.md
-- 時刻や条件だけでは書けない展開をここに書きます。story は開始と同時に始まり、上から順に進みます。
-- 待っている間も、ほかの出来事は進みます。使える関数は docs/story.md にあります。

story("the decision", function()
    local choice = await(decision "erase", "14m")
    if choice and choice.option == "now" then
        inject("list-is-gone", {after = "1m"})
    elseif choice and choice.option == "wait" then
        inject("still-waiting", {after = "2m"})
    end
end)

story("the railway", function()
    await(reached "railway", "10m")     -- nobody called? Then the railway finds the number in the bag
    wait "1m"
    inject "railway-answer"
end)
