// Package past reads conversations that were held elsewhere, so that a newcomer can search them
// on day one.
//
// A file is read and checked as a whole before anything is stored, and everything that is wrong with
// it is told at once, by line. What is read becomes the log that the conversation would have been
// here: moves stand where a person began to speak, and ids follow from the content. So importing a
// file again changes nothing, and a conversation that is there with other content is left alone and
// reported.
package past
