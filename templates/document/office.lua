-- Word processors know paragraph and character styles, not classes; they show PNG, not SVG.
-- The styles named here are defined in docx/styles.xml and odt/styles.xml.

local STYLES = { notice = 'Notice', warning = 'Warning', question = 'Question', decision = 'Decision', passage = 'Passage' }

local function styled(style, content) return pandoc.Div(content, { ['custom-style'] = style }) end

local function callout(div)
  for class, style in pairs(STYLES) do
    if div.classes:includes(class) then return styled(style, div.content) end
  end
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

return { { Para = source_line, Image = picture }, { Span = source, Div = callout } }
