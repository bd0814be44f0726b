// Package agents knows the people who answer: their accounts, how they sign in, what each role may
// do, and whether they are there.
//
// A secret is never stored. Passwords are kept as Argon2id (19 MiB, 2 passes, 1 lane); session
// tokens, one-time links and API keys are 256 random bits of which only the SHA-256 is kept. There
// is no default password: the first account is entered through a one-time link (EnsureFirst).
//
// What a role may do is one table, in can.go, that every REST route and every agent frame consults.
//
// Presence is a pure state machine, in presence.go; the desk keeps the seat, this says how it moves:
//
//	              sign-on        ┌ on duty ──────────────────────────────────────┐
//	┌─────────┐ ───────────────▶ │ ┌───────────┐ load reaches capacity  ┌──────┐ │
//	│ offline │                  │ │ available │ ─────────────────────▶ │ busy │ │
//	└─────────┘ ◀─────────────── │ └───────────┘ ◀───────────────────── └──────┘ │
//	  ▲     ▲     sign-off       │                load falls below it            │
//	  │     │                    └───────────────────────────────────────────────┘
//	  │     │                       │ ▲                               │ ▲
//	  │     │       own choice, or  │ │ own           released with   │ │ wrap-up done,
//	  │     │       2 missed offers ▼ │ choice        wrap-up time    ▼ │ own choice
//	  │     │ sign-off           ┌──────┐                          ┌─────────┐
//	  │     └─────────────────── │ away │ ◀──────────────────────▶ │ wrap_up │
//	  │                          └──────┘        own choice        └─────────┘
//	  │
//	  └─ connection lost, from every state; its return within the grace restores that state
//
// Available and busy are one wish ("give me work") told apart by the load alone, so an agent
// chooses available, away, wrap_up or offline, and never busy.
package agents
