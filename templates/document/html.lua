-- Tables scroll on a narrow screen instead of breaking the page; a keyboard reaches what scrolls.

local function scrolling(tbl)
  local class = #tbl.colspecs > 4 and 'scroll wide' or 'scroll'
  return pandoc.Div({ tbl }, { class = class, tabindex = '0' })
end

return { { Table = scrolling } }
