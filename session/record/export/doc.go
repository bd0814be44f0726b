// Package export writes conversations out of the record, one after the other, for those who may take
// them out: as a table that a spreadsheet opens, or as a conversation in JSON a line, which `yijian
// import` reads again.
//
// What a machine wrote says so in either (invariant 11). How fast somebody typed, and decisions, which
// may have been taken for that, stay in the record. A cell that a spreadsheet would take for a formula
// is escaped. Nothing is collected before it is written: a record of any size is exported in the memory
// of one conversation, and ending the context ends it between two.
package export
