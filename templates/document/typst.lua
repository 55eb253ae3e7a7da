-- What pandoc's typst writer leaves out: alternative texts, callouts, sources, and smaller type for wide tables.
-- The functions called here (callout, passage, source, picture) are defined in page.typ.

local function block(code) return pandoc.RawBlock('typst', code) end
local function inline(code) return pandoc.RawInline('typst', code) end
-- What is at most this long is not parted by the end of a page: characters of a passage, rows of a table.
local SHORT_PASSAGE, SHORT_TABLE = 900, 9

local function quoted(text) return '"' .. text:gsub('[\\"]', '\\%0') .. '"' end

local function wrapped(opening, blocks)
  local result = pandoc.List({ block(opening) })
  result:extend(blocks)
  result:insert(block(']'))
  return result
end

local function picture(image)
  local width = (image.attributes.width or ''):match('^[%d.]+%%$') or '100%'
  return inline('#picture(' .. quoted(image.src) .. ', ' .. quoted(pandoc.utils.stringify(image.caption)) .. ', ' .. width .. ');')
end

local function callout(div)
  for _, kind in ipairs({ 'notice', 'warning', 'question', 'decision' }) do
    if div.classes:includes(kind) then return wrapped('#callout("' .. kind .. '")[', div.content) end
  end
  if not div.classes:includes('passage') then return nil end
  local whole = #pandoc.utils.stringify(div) <= SHORT_PASSAGE
  return wrapped(whole and '#passage(whole: true)[' or '#passage[', div.content)
end

local function source(span)
  if not span.classes:includes('source') then return nil end
  local result = pandoc.List({ inline('#source[#"";') })
  result:extend(span.content)
  result:insert(inline('];'))
  return result
end

local function sized(tbl)
  local columns, rows = #tbl.colspecs, 0
  for _, body in ipairs(tbl.bodies) do rows = rows + #body.body end
  local result = columns < 4 and pandoc.List({ tbl }) or wrapped('#tablesize(' .. columns .. ')[', { tbl })
  return rows <= SHORT_TABLE and wrapped('#block(width: 100%, breakable: false)[', result) or result
end

-- pandoc makes a heading's label of its words, and typst reads few characters in one: headings go without. PDF/UA asks for words.
local function heading(it)
  it.identifier = ''
  if pandoc.utils.stringify(it.content):match('^%s*$') then it.content = { pandoc.Str('–') } end
  return it
end

-- typst reads "--", "...", "-?" and "-1" as dashes, dots and signs of its own, and a list or heading where "+", "-", "/", "=" or
-- "2." begins a paragraph or a cell. A backslash makes each of them the character it is.
local function plain(str)
  local text = str.text
  local marks = (text:find('%-[%-%?%d]') or text:find('%.%.')) and '[%-%.]' or nil
  if text:find('^[%+%-/]$') or text:find('^=+$') then marks = '[%+%-/=]' end
  if text:find('^%d+%.$') then marks = '%.' end
  if not marks then return nil end
  local result = pandoc.List({})
  for part in text:gsub(marks, '\0%0\0'):gmatch('[^\0]+') do
    result:insert(part:find('^' .. marks .. '$') and inline('\\' .. part) or pandoc.Str(part))
  end
  return result
end

return { { Header = heading, Image = picture, Div = callout, Span = source, Table = sized }, { Str = plain } }
