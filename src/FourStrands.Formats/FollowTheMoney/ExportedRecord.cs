using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>A record, or an entity made of several, on its way out.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Schema">What kind of subject it is.</param>
/// <param name="Values">What is said of it.</param>
public sealed record ExportedRecord(string Id, Schema Schema, IReadOnlyList<(Property Property, string Value)> Values)
{
    /// <summary>What it is called; null leaves it to the reader.</summary>
    public string? Caption { get; init; }

    /// <summary>The entity it is part of; null where that is itself.</summary>
    public string? CanonicalId { get; init; }

    /// <summary>The data set it comes from, as FollowTheMoney names one; empty where it has none.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>When it was first said.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When it was last said.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}
