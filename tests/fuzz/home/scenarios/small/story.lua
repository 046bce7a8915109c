local patience <const> = "5m"
story("night", function()
    local came = await(opened "call", patience)
    if came and came.actor == "poc" then set("server", "slow") end
    wait "6m"
    inject("complaint", {after = "1m"})
end)
on(decision "stop", function(event)
    if event.option == "later" then inject "by-hand" end
end)
