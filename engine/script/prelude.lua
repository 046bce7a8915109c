-- The part of the story language that is written in Lua, because it loops or waits.
-- It runs in the sandbox like a story, and what it returns goes to C.

-- The life of `on`: one thing after the other. What comes while the handler itself waits passes by.
return function(pattern, handler)
    return function()
        while true do
            handler(await(pattern))
        end
    end
end
