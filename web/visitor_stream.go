package web

import (
	"unicode/utf16"

	"yijian/session"
	"yijian/web/wire"
)

// stream is the answer of a bot that grows on this socket, and what of it was sent here. A signal has
// all of the answer so far; the frame has what the page does not.
type stream struct {
	id   string
	text []rune
	// over says that the page shows the whole answer, or wants no more of it.
	over bool
}

// grow returns the frame that brings the page up to date, if there is one.
func (s *stream) grow(id, text string) (wire.Delta, bool) {
	if id != s.id {
		*s = stream{id: id}
	}
	if s.over {
		return wire.Delta{}, false
	}
	now := []rune(text)
	same := 0
	for same < min(len(now), len(s.text)) && now[same] == s.text[same] {
		same++
	}
	if same == len(now) && same == len(s.text) {
		return wire.Delta{}, false
	}
	s.text = now
	at := len(utf16.Encode(now[:same]))
	return wire.Delta{T: "delta", Stream: id, AI: true, At: at, Text: string(now[same:])}, true
}

// stream passes on what a bot has made of its answer. Who asked for a person sees no more of it.
func (v *visitor) stream(s session.Signal) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.owner != session.Bot || v.asked {
		return
	}
	if frame, fresh := v.growing.grow(s.Stream, s.Text); fresh {
		v.send(frame)
	}
}

// streamed ends what grows: its answer is here, or nobody waits for it any more.
func (v *visitor) streamed(asked bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.growing.over, v.growing.text = true, nil
	v.asked = v.asked || asked
}
