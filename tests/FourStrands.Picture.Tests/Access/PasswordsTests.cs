using Xunit;

namespace FourStrands.Picture.Tests.Access;

/// <summary>Which passwords may be chosen. Refusals first.</summary>
public sealed class PasswordsTests
{
    private static readonly Person Isla = new(
        default,
        "national-police",
        "isla.munro",
        "Isla Munro",
        "intelligence analyst",
        PersonState.Active,
        "fiona.baxter@national-police",
        DateTimeOffset.UnixEpoch,
        [new Right(default, RightKind.Compartment, "national-police.nightjar", default, default, "", null, "")]
    );

    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("121212121212121212")]
    public void What_others_try_first_is_refused(string password) => Assert.NotNull(Passwords.WhyNot(password, Isla));

    [Theory]
    [InlineData("123456qwerty")]
    [InlineData("1QAZ2wsx3EDC")]
    [InlineData("qwertyqwerty")]
    [InlineData("LeaveMeAlone")]
    public void The_most_common_are_known_and_refused(string password)
    {
        Assert.True(Passwords.CommonCount >= 3_000);
        Assert.Contains("Many people chose this one", Passwords.WhyNot(password, Isla), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IslaMunro1234")]
    [InlineData("munro-munro-99")]
    [InlineData("National-Police1")]
    [InlineData("n1ghtj4r-2026!")]
    [InlineData("P0lice-Scotland")]
    [InlineData("FourStrands2026")]
    [InlineData("Welcome-Analyst1")]
    [InlineData("P@$$word12345")]
    [InlineData("divertdeterdetect")]
    public void What_is_built_on_a_word_of_the_place_is_refused(string password) =>
        Assert.Contains("Do not build it on", Passwords.WhyNot(password, Isla), StringComparison.Ordinal);

    /// <summary>No kind of character is asked for, and none is refused; a word of the place does no harm amid others.</summary>
    [Theory]
    [InlineData("kettle otter drizzle")]
    [InlineData("KETTLE OTTER DRIZZLE")]
    [InlineData("4819 2275 0936 5517")]
    [InlineData("!\"£$%^&*()_+{}~@:?")]
    [InlineData("чайник выдра морось")]
    [InlineData("水壶水獭毛毛雨三个不相干的词")]
    [InlineData("my council planted forty lime trees")]
    public void Any_composition_will_do(string password)
    {
        Assert.Null(Passwords.WhyNot(password, Isla));
        Assert.Null(Passwords.WhyNot(string.Concat(Enumerable.Repeat("otter kettle ", 8)), Isla));
        Assert.NotNull(Passwords.WhyNot(new string('x', Passwords.Longest) + "abcde", Isla));
    }

    /// <summary>The list in the documents is the list.</summary>
    [Fact]
    public void The_words_are_those_that_are_documented()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FourStrands.slnx")))
            folder = folder.Parent!;
        string text = File.ReadAllText(Path.Combine(folder.FullName, "docs/security/accounts.md")).ReplaceLineEndings(" ");
        Assert.Contains($"The words are: {string.Join(", ", Passwords.ContextWords)}.", text, StringComparison.Ordinal);
    }
}
