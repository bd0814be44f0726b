package auth

import (
	"net/http"

	"yijian/agents"
)

// cookieName differs by scheme: browsers take a __Host- cookie over https only, and a plain one must
// never count there, since anybody who can answer for the host over http could have set it.
func cookieName(secure bool) string {
	if secure {
		return "__Host-yj"
	}
	return "yj"
}

// sessionCookie returns the Set-Cookie header for a session; an empty token takes the cookie away.
func sessionCookie(token string, secure bool) string {
	cookie := http.Cookie{ //nolint:gosec // Secure unless the trial mode is used over plain http
		Name: cookieName(secure), Value: token, Path: "/",
		MaxAge: int(agents.SessionLife.Seconds()), Secure: secure,
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	return cookie.String()
}
