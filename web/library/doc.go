// Package library is the REST of the record: finding conversations, taking them out, and erasing them.
//
// Everything belongs to a site, and an account sees those of its own sites only; of others it does not
// learn that they exist. What takes data out or removes it is written into the audit log first.
package library
