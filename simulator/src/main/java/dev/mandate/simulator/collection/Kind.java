package dev.mandate.simulator.collection;

/** What an operation does to a collection, or to one document. */
enum Kind {
    /** Lists a collection. */
    LIST,
    /** Adds a document. */
    CREATE,
    /** Reads one document. */
    GET,
    /** Merges a body into a document; null unsets. */
    UPDATE,
    /** Puts a body in a document's place. */
    REPLACE,
    /** Removes one document. */
    DELETE,
    /** Removes every document, or those that the query names. */
    CLEAR,
    /** Puts a list in the place of a whole collection. */
    REPLACE_ALL,
    /** Adds to, or removes from, a collection what a list says. */
    SWITCH_ALL,
    /** Changes single members of a document that is a map. */
    ENTRIES,
    /** Does something with a document, or out of nothing, and tells about it. */
    ACT,
    /** Adds and removes relations between documents. */
    RELATE
}
