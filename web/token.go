package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"yijian/session"
)

// tokens signs what a visitor keeps to come back to its session. A token is the session id and a
// MAC over the id and the site, so it opens that session on that site and nothing else (S1), and the
// server remembers nothing for it.
type tokens struct{ secret []byte }

func (t tokens) issue(site string, id session.ID) string {
	return string(id) + "." + base64.RawURLEncoding.EncodeToString(t.mac(site, string(id)))
}

func (t tokens) open(site, token string) (session.ID, bool) {
	sid, sum, ok := strings.Cut(token, ".")
	if !ok {
		return "", false
	}
	got, err := base64.RawURLEncoding.DecodeString(sum)
	if err != nil || !hmac.Equal(got, t.mac(site, sid)) {
		return "", false
	}
	id, err := session.ParseID(sid)
	return id, err == nil
}

func (t tokens) mac(site, sid string) []byte {
	h := hmac.New(sha256.New, t.secret)
	h.Write([]byte("visitor\x00" + site + "\x00" + sid))
	return h.Sum(nil)
}
