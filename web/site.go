package web

import (
	"strings"

	"yijian/web/wire"
)

// forVisitor is what a visitor may know of the site, in a language of theirs.
func (s *Site) forVisitor(lang string) wire.Site {
	name := s.NameEN
	if strings.HasPrefix(strings.ToLower(lang), "zh") || lang == "" {
		name = s.NameZH
	}
	return wire.Site{ID: s.ID, Name: name, Phone: s.Phone, Hours: s.Hours}
}
