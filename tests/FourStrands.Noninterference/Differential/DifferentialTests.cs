using System.Globalization;

namespace FourStrands.Noninterference.Differential;

public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const ulong FixedSeed = 20260105;

    /// <summary>What would be proven of nothing if it were always refused.</summary>
    private static readonly string[] Seldom =
    [
        "asked",
        "answered yes",
        "answered no",
        "gone on by one who sees more",
        "agreed by one who sees more",
        "a release Out",
        "a release Refused",
        "an owner told of emergency access",
    ];

    /// <summary>Half of ten thousand with the seed that is always the same, half with one of the day.</summary>
    [Fact]
    public void No_answer_depends_on_what_its_viewer_may_not_see()
    {
        ulong fresh = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        foreach (ulong seed in new[] { FixedSeed, fresh })
        {
            var findings = Campaign.Run(seed, 5_000, cancel: TestContext.Current.CancellationToken);
            output.WriteLine(findings.ToString());
            TestContext.Current.SendDiagnosticMessage(findings.ToString());
            Assert.True(findings.Difference is null, findings.Difference?.ToString());
            Assert.InRange(findings.WithHidden, 3_000, int.MaxValue);
            if (seed == FixedSeed)
                Assert.All(Seldom, s => Assert.True(findings.Done.GetValueOrDefault(s) > 0, s));
        }
    }

    [Fact]
    public void A_campaign_is_the_same_every_time()
    {
        var first = Campaign.Run(7, 300, cancel: TestContext.Current.CancellationToken);
        var second = Campaign.Run(7, 300, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{first.Cases} {first.Histories} {first.WithHidden}"),
            string.Create(CultureInfo.InvariantCulture, $"{second.Cases} {second.Histories} {second.WithHidden}")
        );
    }
}
