"""The patterns by which a resolution becomes a draft, by subject, made of the words of every language; general words only."""
