"""The grammar behind `timeline.values.phrases`: one module a language, over shared calendar parts."""
