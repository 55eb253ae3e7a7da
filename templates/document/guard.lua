-- Runs over every manuscript, before any format: nothing raw, no picture but our own, no link into the file system, and the kind of
-- each callout said in words (metadata `labels`), because colour alone says nothing in black and white or to a screen reader.

local pictures, labels = {}, {}

local function settings(meta)
  for name, alt in pairs(meta.pictures or {}) do pictures[name] = pandoc.utils.stringify(alt) end
  for kind, word in pairs(meta.labels or {}) do labels[kind] = pandoc.utils.stringify(word) end
  meta.pictures, meta.labels = nil, nil
  return meta
end

local function nothing() return {} end

local function picture(image)
  local name = image.src:match('^([%w%-_]+)%.svg$')
  if not (name and pictures[name]) then error('a picture the manuscript does not bring') end
  image.caption = { pandoc.Str(pictures[name]) }
  image.title = ''
  return image
end

local function link(it)
  local scheme = it.target:match('^(%a+):')
  local known = it.target:sub(1, 1) == '#' or scheme == 'https' or scheme == 'http' or scheme == 'mailto'
  return known and it or it.content
end

local function callout(div)
  for _, kind in ipairs({ 'notice', 'warning', 'question', 'decision' }) do
    if div.classes:includes(kind) then
      local word = div.attributes.title or labels[kind]
      div.attributes.title = nil
      table.insert(div.content, 1, pandoc.Para({ pandoc.Span({ pandoc.Strong({ pandoc.Str(word) }) }, { class = 'label' }) }))
      return div
    end
  end
end

local function left(tbl)
  for i, column in ipairs(tbl.colspecs) do
    if column[1] == 'AlignDefault' then tbl.colspecs[i] = { 'AlignLeft', column[2] } end
  end
  return tbl
end

return {
  { Meta = settings },
  { RawBlock = nothing, RawInline = nothing, Image = picture, Link = link, Div = callout, Table = left },
}
