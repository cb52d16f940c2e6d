namespace FourStrands.Linkage;

/// <summary>
/// Two records that share a key are worth comparing. A key says which of the record's values it was made from, because a
/// viewer who may not see one of them may not learn, not even from a comparison being made, that the key exists.
/// </summary>
/// <param name="Hash">64-bit hash of the key's text and kind; equal keys have equal hashes in every process and on every machine.</param>
/// <param name="First">Index of the value that it was made from.</param>
/// <param name="Second">Index of the second value it was made from, or -1.</param>
public readonly record struct BlockingKey(ulong Hash, int First, int Second);

/// <summary>
/// Finds which records are worth comparing, without looking at the store. Each key depends on the one or two values it was made
/// from and on nothing else of the record: the keys of some of a record's values are among the keys of all of them.
/// </summary>
public static class Blocking
{
    /// <summary>
    /// Appends the keys of a record. Depends on the values alone, never on how many records share a key: keys that common
    /// names would flood are made selective by combining two values or by the reference tables that ship with the program.
    /// </summary>
    /// <param name="kind">What the record is; <see cref="SubjectKind.None"/> has no keys.</param>
    /// <param name="values">Its values.</param>
    /// <param name="keys">Receives the keys, without repeats of the same hash and values.</param>
    public static void LinkKeys(SubjectKind kind, ReadOnlySpan<FieldValue> values, List<BlockingKey> keys)
    {
        if (kind == SubjectKind.None)
            return;
        var writer = new KeyWriter(kind, values, keys);
        writer.Identifiers();
        writer.LinkNames();
    }

    /// <summary>
    /// Appends the keys by which a name typed by a person, perhaps misspelt, finds its record: a superset of the name keys
    /// that tolerates an error in any one name part. Used to screen a bidder against lists and to search.
    /// </summary>
    public static void ScreeningKeys(SubjectKind kind, ReadOnlySpan<FieldValue> values, List<BlockingKey> keys)
    {
        if (kind == SubjectKind.None)
            return;
        var writer = new KeyWriter(kind, values, keys);
        writer.Identifiers();
        writer.ScreenNames();
    }
}
