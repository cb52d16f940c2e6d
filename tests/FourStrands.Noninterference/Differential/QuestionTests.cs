using System.Reflection;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Differential;

/// <summary>What a view offers and nobody asks about is not proven.</summary>
public sealed class QuestionTests
{
    /// <summary>Asked with every history by other means than a question.</summary>
    private static readonly string[] AskedOtherwise =
    [
        "Viewer", // what was given to Gate.For
        "CountLimit", // a constant
        "AgencyName", // of those that take part, which everybody knows (Http/)
        "Commit",
        "Reject",
        "Dispose", // every import act
        "AddUtf8",
        "LongestValue",
        "MostRejections", // as Add; constants
        "StopsLinking", // some import acts
    ];

    [Fact]
    public void Every_public_member_of_a_view_has_a_question()
    {
        var asked = Asker.Kinds.SelectMany(k => k(Sample()).Members.Split(' ', '/')).Concat(AskedOtherwise).ToHashSet(StringComparer.Ordinal);
        var offered = new[] { typeof(View), typeof(ImportSession) }
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m is not MethodInfo { IsSpecialName: true } && m is not ConstructorInfo)
            .Select(m => m.Name)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(offered.Except(asked, StringComparer.Ordinal));
    }

    /// <summary>The same question with and without an interest, or of an entity and of values or a record, is two.</summary>
    [Fact]
    public void Every_way_of_asking_has_a_question()
    {
        var several = typeof(View).GetMethods().Where(m => !m.IsSpecialName).CountBy(m => m.Name).Where(m => m.Value > 1 && m.Key != nameof(Equals));
        Assert.Equal([nameof(View.Screen), nameof(View.Summarise)], several.Select(m => m.Key).Order(StringComparer.Ordinal));
        var asked = Asker.Kinds.SelectMany(k => k(Sample()).Members.Split(' ')).ToHashSet(StringComparer.Ordinal);
        var interested = typeof(View).GetMethods().Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Interest)));
        Assert.Empty(interested.Select(m => $"{m.Name}/{nameof(Interest)}").Except(asked, StringComparer.Ordinal));
    }

    [Fact]
    public void The_gate_offers_views_and_nothing_else()
    {
        // Releases and requests are documents of the picture, and their effects are asked about with every history.
        // People, the log, erasures, retention and corrections are no part of the picture: who asks for them must be an administrator, auditor or information manager, and sees those of their own agency
        // (Http/; erasures, retention and corrections: Histories/EraseAct.cs, RetentionAct.cs, CorrectAct.cs). Where the keys lie is for whoever runs the program, and the same for everybody.
        string[] known =
        [
            "Open",
            "People",
            "Audit",
            "Erasures",
            "Retention",
            "Corrections",
            "Releases",
            "Requests",
            "For",
            "IsNew",
            "NotLinked",
            "FinishLinking",
            "FlushReadLog",
            "KeysFolder",
            "MoveKeys",
            "Dispose",
        ];
        var offered = typeof(Gate)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is not MethodInfo { IsSpecialName: true } && m is not ConstructorInfo)
            .Select(m => m.Name)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(offered.Except(known, StringComparer.Ordinal));
    }

    private static Asker Sample() => new(new Dice(1), [], new Dictionary<Act, Outcome>());
}
