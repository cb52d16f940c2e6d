using Xunit;

namespace FourStrands.Picture.Tests.Labels;

public sealed class LabelTests
{
    private static readonly Viewer Officer = new("a@police", "A", "police", "Police", "officer", Classification.OfficialSensitive, ["police.nightjar"])
    {
        Groups = ["police.redwater"],
        Purposes = [Purpose.Crime],
    };

    [Theory]
    [InlineData("official;agencies=police", true)]
    [InlineData("official;agencies=council", false)]
    [InlineData("official;agencies=council,police.redwater", true)]
    [InlineData("official;agencies=police.bluewater", false)]
    [InlineData("official;agencies=police;agencies=council,police.redwater", true)]
    [InlineData("official;agencies=police;agencies=police.bluewater", false)]
    [InlineData("official;purposes=crime,prosecution", true)]
    [InlineData("official;purposes=procurement", false)]
    [InlineData("official;purposes=crime;purposes=procurement", false)]
    [InlineData("official;compartments=police.nightjar", true)]
    [InlineData("official;compartments=police.nightjar,police.redstart", false)]
    [InlineData("official;agencies=police;handling=H2,S2;originators=europol", true)]
    public void All_conditions_must_be_met(string label, bool seen) => Assert.Equal(seen, Officer.MaySee(Label.Parse(label)));

    [Theory]
    [InlineData("official;agencies=b,a;agencies=a,c", "official;agencies=a")]
    [InlineData("official;agencies=a,g.x;agencies=a", "official;agencies=a")]
    [InlineData("official;agencies=g.x;agencies=g.y", "official;agencies=g.x;agencies=g.y")]
    [InlineData("official;agencies=g.x,a;agencies=a,g.x", "official;agencies=a,g.x")]
    [InlineData("official;purposes=crime,prosecution;purposes=crime", "official;purposes=crime")]
    [InlineData("official;handling=s2,c", null)]
    [InlineData("official;handling=h2,S2,h2", "official;handling=S2,H2")]
    [InlineData("official;handling=3", null)]
    [InlineData("official;purposes=gossip", null)]
    [InlineData("official;agencies=a;agencies=b", null)]
    [InlineData("official;agencies=", null)]
    [InlineData("secret", null)]
    [InlineData("top secret;agencies=a", null)]
    public void One_condition_is_written_in_one_way(string text, string? written)
    {
        if (written is null)
            Assert.Throws<FormatException>(() => Label.Parse(text));
        else
        {
            Assert.Equal(written, Label.Parse(text).ToString());
            Assert.Equal(Label.Parse(text), Label.Parse(written));
        }
    }

    /// <summary>Who sees the joined label sees both, and who sees both sees it; and what one label implies holds for everybody.</summary>
    [Fact]
    public void Joining_and_implying_say_what_viewers_see()
    {
        string[] parts =
        [
            "public",
            "official",
            "official-sensitive",
            "official;agencies=police",
            "official;agencies=council,police",
            "official;agencies=council,police.redwater",
            "official;agencies=police.redwater,police.bluewater",
            "official;purposes=crime",
            "official;purposes=crime,procurement",
            "official;compartments=police.nightjar",
            "official;agencies=police;purposes=prosecution;handling=H1",
        ];
        Label[] labels = [.. parts.Select(Label.Parse)];
        string[] groups = ["police.redwater", "police.bluewater"];
        Purpose[] purposes = [Purpose.Crime, Purpose.Prosecution];
        List<Viewer> viewers = [];
        foreach (string agency in new[] { "police", "council" })
        {
            for (int mask = 0; mask < 64; mask++)
            {
                viewers.Add(
                    Officer with
                    {
                        Agency = agency,
                        Clearance = (mask & 1) != 0 ? Classification.OfficialSensitive : Classification.Official,
                        Groups = [.. groups.Where((_, i) => (mask & (2 << i)) != 0)],
                        Purposes = [.. purposes.Where((_, i) => (mask & (8 << i)) != 0)],
                        Compartments = (mask & 32) != 0 ? ["police.nightjar"] : [],
                    }
                );
            }
        }
        int implied = 0;
        foreach (var left in labels)
        {
            foreach (var right in labels)
            {
                var joined = left.Join(right);
                Assert.Equal(joined, right.Join(left));
                Assert.Equal(joined, Label.Parse(joined.ToString()));
                Assert.All(viewers, v => Assert.Equal(v.MaySee(left) && v.MaySee(right), v.MaySee(joined)));
                Assert.True(joined.Implies(left) && joined.Implies(right));
                if (!left.Implies(right))
                    continue;
                implied++;
                Assert.All(viewers.Where(v => v.MaySee(left)), v => Assert.True(v.MaySee(right), $"{left} implies {right}, but not for {v.PermissionClass}"));
            }
        }
        Assert.True(implied > labels.Length);
        Assert.Throws<InvalidOperationException>(() => Label.Parse("official;agencies=police").Join(Label.Parse("official;agencies=council")));
    }
}
