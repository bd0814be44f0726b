// Package policy keeps the published versions of when the router steps in.
//
// For now the versions live in memory: the one that ships, with what the configuration changes. The
// floors are checked when the store is made, so a server with a policy that lowers one does not
// start. Versions in SQL, publishing and restoring come behind the same Current.
package policy
