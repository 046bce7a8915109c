-- The part of the story language that is written in Lua, because it loops or waits.
-- It runs in the sandbox like a story, and what it returns goes to C.

-- The life of `on`: one thing after the other. What comes while the handler itself waits passes by.
local function on(pattern, handler)
    return function()
        while true do
            handler(await(pattern))
        end
    end
end

-- The life of `every`. A beat that the handler itself waits through is left out.
local function every(period_ms, handler, wait_beat)
    return function()
        local count = 0
        repeat
            wait_beat(period_ms)
            count = count + 1
        until handler(count) == false
    end
end

return on, every
