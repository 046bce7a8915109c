-- Leads the night: every kind of waiting, a branch, a value of the world, and a mistake of its own.
story("the bell", function()
  wait "1m"
  inject "bell"
  if not await(escalation { to = "commander" }, "5m") then
    contingency("bell-again", "nobody told the commander within five minutes")
  end
  local choice = await(decision "shut-gate", "10m")
  if choice and choice.option == "shut" then
    set("gate", "shut")
    inject("cart-outside", { after = "2m" })
  else
    inject "smoke"
  end
end)

story("the end", function()
  wait_until "25m"
  if get "gate" == "shut" and seen "cart-outside" then
    finish()
  end
end)

-- The author meant to count notes. A list that is not there yet is a mistake, found in play.
on(note {}, function(event)
  local counts = nil
  inject(counts[event.actor])
end)
