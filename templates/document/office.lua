-- Word processors know paragraph and character styles, not classes; they show PNG, not SVG.
-- The styles named here are defined in docx/styles.xml and odt/styles.xml.

local STYLES = { notice = 'Notice', warning = 'Warning', question = 'Question', decision = 'Decision', passage = 'Passage' }

local function styled(style, content) return pandoc.Div(content, { ['custom-style'] = style }) end

-- A list would leave the box of its callout: there each item is a paragraph of the box, with its mark before it.
local function boxed(blocks)
  local result = pandoc.List({})
  for _, block in ipairs(blocks) do
    if block.t == 'BulletList' then
      for _, item in ipairs(block.content) do
        local first = pandoc.List({ pandoc.Str('•\u{a0}') })
        first:extend(item[1] and item[1].content or {})
        result:insert(pandoc.Para(first))
        result:extend(pandoc.List({ table.unpack(item, 2) }))
      end
    else
      result:insert(block)
    end
  end
  return result
end

local function callout(div)
  for class, style in pairs(STYLES) do
    if div.classes:includes(class) then return styled(style, boxed(div.content)) end
  end
end

-- Neither Word nor Writer keeps a distance below a table, a list or a box: the paragraph after it does.
local APART = { Table = true, BulletList = true, OrderedList = true, Div = true }

local function spaced(blocks)
  local before
  return blocks:map(function(block)
    local follows = APART[before]
    before = block.t
    return follows and block.t == 'Para' and styled('Spaced', { block }) or block
  end)
end

local function source_line(para)
  local only = para.content[1]
  if #para.content == 1 and only.t == 'Span' and only.classes:includes('source') then
    return styled('Source', { pandoc.Para(only.content) })
  end
end

local function source(span)
  if span.classes:includes('source') then return pandoc.Span(span.content, { ['custom-style'] = 'Source Char' }) end
end

local function picture(image)
  image.src = image.src:gsub('%.svg$', '.png')
  return image
end

-- Many columns need smaller type; pandoc has no style for that. (Rows and cells come as copies and are put back.)
local function small(rows, style)
  return rows:map(function(row)
    row.cells = row.cells:map(function(cell)
      cell.contents = { styled(style, pandoc.Blocks(cell.contents):walk({ Plain = function(it) return pandoc.Para(it.content) end })) }
      return cell
    end)
    return row
  end)
end

local function wide(tbl)
  if #tbl.colspecs < 6 then return nil end
  tbl.head.rows = small(tbl.head.rows, 'Small Heading')
  tbl.bodies = tbl.bodies:map(function(body)
    body.body = small(pandoc.List(body.body), 'Small')
    return body
  end)
  return tbl
end

local function figure(para)
  if #para.content == 1 and para.content[1].t == 'Image' then return styled('Figure', { para }) end
end

-- A draft says so before anything else. Words for the page templates would end up among the document's properties.
local function draft(doc)
  if doc.meta.status then doc.blocks:insert(1, styled('Status', { pandoc.Para(doc.meta.status) })) end
  doc.meta.author = doc.meta.organisation
  for _, name in ipairs({ 'status', 'organisation', 'iso-date', 'toc-title', 'page-word', 'of-word' }) do doc.meta[name] = nil end
  return doc
end

return {
  { Para = source_line, Image = picture },
  { Para = figure, Span = source, Div = callout, Table = wide },
  { Blocks = spaced },
  { Pandoc = draft },
}
