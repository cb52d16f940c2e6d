using static FourStrands.Linkage.Tests.PairTests.Verdict;

namespace FourStrands.Linkage.Tests;

/// <summary>
/// Who is joined, who is offered to a person, and who is left apart. A subject is written as its fields, divided by bars: a name first,
/// then "dob 1975-06", "f", "gb", "passport 123", "address ...", and so on.
/// </summary>
public sealed class PairTests
{
    public enum Verdict
    {
        /// <summary>Below .50: nobody is shown the pair.</summary>
        Apart,

        /// <summary>From .50 to .95: a person decides.</summary>
        Possible,

        /// <summary>Below .95: apart or possible, but not joined.</summary>
        NotJoined,

        /// <summary>From .95: taken to be one.</summary>
        Joined,
    }

    private const string Home = "|address 4 Shore Street, Ullapool IV26 2UJ|phone 01854 612345";
    private const string Shared = Home + "|email fenwicks@example.org";
    private const string Agent = "|address 11 Royal Exchange Square, Glasgow G1 3AJ|phone 0141 496 0000|email post@agent.example|web agent.example";

    [Theory]
    // Two given names are two people's, however few letters apart and whatever else a family shares.
    [InlineData("Mary Smithson|f|dob 1980-04-12", "Mark Smithson|m|dob 1980-04-12", Apart, "sister and brother, one letter apart")]
    [InlineData("Mary Smithson|dob 1980-04-12", "Mark Smithson|dob 1980-04-12", Apart, "the same without genders")]
    [InlineData("John Smith|dob 1980-04-12", "Jane Smith|dob 1980-04-12", Apart, "the same consonants")]
    [InlineData("Daniel Bauer|m|dob 1980-04-12", "Daniela Bauer|f|dob 1980-04-12", Apart, "a man's and a woman's form")]
    [InlineData("Paul Stewart|dob 1975-06", "Paula Stewart|dob 1975-06", Apart, "a man's and a woman's form")]
    [InlineData("Peter Gray|dob 1980-04-12|gb|passport 533401372", "Petra Gray|dob 1980-04-12|gb|passport 928810045", Apart, "and another passport")]
    [InlineData("Alan Brodie|dob 1971-03-09", "Alana Brodie|f|dob 1971-03-09", Apart, "a listed woman and a man who is not")]
    [InlineData("Mary Fenwick|dob 1960-01-02" + Shared, "Mark Fenwick|dob 1961-07-08" + Shared, Apart, "one household")]
    [InlineData("Jane Fenwick|dob 1979-08-23" + Shared, "John Fenwick|dob 1979-08-23" + Shared, Apart, "twins of one household")]
    [InlineData("Kirsty Fenwick|dob 1979-08-23" + Shared, "Kirsten Fenwick|dob 1979-08-23" + Shared, Joined, "but Kirsty may be Kirsten")]
    [InlineData("Oluwaseun Adeyemi" + Shared, "Folake Adeyemi" + Shared, Apart, "spouses with one e-mail")]
    [InlineData("John Fenwick|dob 1979-08-23" + Shared, "Mary Fenwick|dob 1981-02-11" + Shared, Apart, "spouses with one e-mail")]
    [InlineData("Hassan Karimi|dob 1990-05-06", "Hussein Karimi|dob 1990-05-06", Apart, "brothers: other names of the same consonants")]
    [InlineData("Jamil Darwish|dob 1990-05-06", "Jamila Darwish|dob 1990-05-06", NotJoined, "a man's and a woman's form")]
    [InlineData("Zarif Noorzai|dob 1990-05-06" + Home, "Zarifa Noorzai|dob 1990-05-06" + Home, NotJoined, "a woman's ending, of names no table knows")]
    [InlineData("Nicholas Orr|dob 1990-05-06", "Nicola Orr|dob 1990-05-06", NotJoined, "in one group of short forms, but his and hers")]
    [InlineData("A Brodie|f|dob 1971-03-09" + Home, "Alan Brodie|dob 1971-03-09" + Home, NotJoined, "an initial, but the one is a woman and Alan is not")]
    [InlineData("Alex Brodie|f|dob 1971-03-09", "Alex Brodie|m|dob 1971-03-09", NotJoined, "one name, a woman and a man")]
    [InlineData("John A Smith|dob 1980-04-12", "John B Smith|dob 1980-04-12", NotJoined, "two middle initials")]
    // One household, one name, two generations.
    [InlineData("William Ross|dob 1950" + Home, "William Ross|dob 1980" + Home, NotJoined, "father and son")]
    [InlineData("William Ross|dob 1950-03-04" + Home, "William Ross|dob 1980-03-04" + Home, NotJoined, "father and son of one birthday")]
    [InlineData("William Ross|dob 1950-03-04", "William Ross|dob 1980-03-04", Apart, "the same, no home in common")]
    [InlineData("William Ross|dob 1950-03-04" + Home, "William Ross|dob 1979-11-30" + Home, Apart, "father and son")]
    [InlineData("William Ross" + Home, "William Ross|dob 1980-03-04" + Home, Possible, "father or son: nothing tells which")]
    [InlineData("William Ross Sr" + Shared, "William Ross Jr" + Shared, NotJoined, "elder and younger")]
    [InlineData("William Ross, Jr.|dob 1980-03-04", "William Ross Junior|dob 1980-03-04", Joined, "the younger twice")]
    [InlineData("William Ross II|dob 1980-03-04", "William Ross III|dob 1980-03-04", NotJoined, "numbered")]
    // Chinese characters and their spelling.
    [InlineData("王小明|dob 1975-07-01", "Wang Xiaoming|dob 1975-07-01", Possible, "characters and letters")]
    [InlineData("王小明|dob 1975-07-01", "Xiaoming WANG|dob 1975-07-01", Possible, "family name last")]
    [InlineData("王小明|dob 1975-07-01", "Wang Xiao Ming|dob 1975-07-01", Possible, "given name in two words")]
    [InlineData("欧阳志强|dob 1975-07-01", "Ouyang Zhiqiang|dob 1975-07-01", Possible, "a family name of two characters")]
    [InlineData("上官婉儿|dob 1975-07-01", "Shangguan Waner|dob 1975-07-01", NotJoined, "a rare character is left as it is, and nothing throws")]
    [InlineData("上官", "上官", NotJoined, "a family name of two characters alone")]
    [InlineData("陳建國|dob 1975-07-01", "Chen Jianguo|dob 1975-07-01", Possible, "traditional characters")]
    [InlineData("王 小明|dob 1975-07-01", "Wang Xiaoming|dob 1975-07-01", Possible, "written apart")]
    [InlineData("王小明|dob 1975-07-01", "Wang Xiaohong|dob 1975-07-01", NotJoined, "another given name")]
    [InlineData("王小明|dob 1975-07-01", "李小明|dob 1975-07-01", NotJoined, "another family name")]
    [InlineData("王小明", "王晓明", NotJoined, "other characters of one spelling, and nothing else")]
    [InlineData("محمد عبد الرحمن المصري|dob 1975-07-02", "Mohammed Abdul Rahman Al-Masri|dob 1975-07-02", Possible, "Arabic and its spelling")]
    [InlineData("خالد الحمدان|dob 1975-07-02", "Khalid al-Hamdan|dob 1975-07-02", Possible, "Arabic and its spelling")]
    [InlineData("صدام حسين التكريتي|dob 1937-04-28", "Saddam Hussein Al-Tikriti|dob 1937-04-28", Possible, "Arabic and its spelling")]
    [InlineData("عبد الله بن سالم|dob 1975-07-02", "Abdullah bin Salem|dob 1975-07-02", NotJoined, "offered at most: too common a name")]
    [InlineData("محمد علي المصري|dob 1975-07-02", "Mahmoud Ali Al-Masri|dob 1975-07-02", NotJoined, "another given name")]
    [InlineData("خالد الحمدان|dob 1975-07-02", "Khalil al-Hamdan|dob 1975-07-02", NotJoined, "another given name")]
    [InlineData("王小明|dob 1975-07-01", "王小明|dob 1975-07-01", Joined, "the same characters")]
    [InlineData("王小明|dob 1975-07-01", "王 小明|dob 1975-07-01", Joined, "the same characters, written apart")]
    [InlineData("张伟|dob 1975-07-01", "章伟|dob 1975-07-01", NotJoined, "two family names of one spelling")]
    [InlineData("李军|dob 1975-07-01", "李君|dob 1975-07-01", NotJoined, "two given names of one spelling")]
    [InlineData("ماجد سالم|dob 1975-07-01", "مجيد سليم|dob 1975-07-01", NotJoined, "two names of one spelling")]
    [InlineData("خالد الحمدان|dob 1975-07-02", "خالد الحمدان|dob 1975-07-02", Joined, "the same letters")]
    // 1 January is a year.
    [InlineData("Mohammed Ali|af|dob 1980-01-01", "Mohamad Ali|pk|dob 1980-01-01", Possible, "everybody's name, and no day")]
    [InlineData("Ali Hassan Khan|dob 1975-01-01", "Hassan Ali Khan|dob 1975-01-01", Possible, "names in another order, and no day")]
    [InlineData("Ali Hassan Khan|dob 1975-01-01", "Khan Ali Hassan|dob 1975-01-01", Possible, "surname first, but common, and no day")]
    [InlineData("Mohammed Ali|dob 1980-01-01", "Mohammed Ali|dob 1981-01-01", NotJoined, "two years, and no days")]
    [InlineData("Zalmay Durandzai|dob 1975-01-01", "Zalmay Durandzai|dob 1976-01-01", NotJoined, "two years, and no days")]
    [InlineData("Zalmay Durandzai|dob 1975-01-01", "Zalmay Durandzai|dob 1975-01-01", Joined, "rare enough")]
    [InlineData("John Smith|gb|m|dob 1970", "John Smith|gb|m|dob 1970", Possible, "common, and a year")]
    [InlineData("John Smith|gb|m|dob 1970-06", "John Smith|gb|m|dob 1970-06", Possible, "common, and a month")]
    [InlineData("John Smith|gb|m|dob 1970-06" + Home, "John Smith|gb|m|dob 1970-06" + Home, Joined, "and at one address")]
    [InlineData("John Smith|gb|m", "John Smith|gb|m", Possible, "a name alone")]
    [InlineData("Hamish Tullibrae|dob 1979-08", "Hamish Tullibrae|dob 1979-08", Joined, "rare, and a month")]
    // What differs keeps two apart, until a number that one person has is the same.
    [InlineData("Ewan Tulloch|gb|dob 1980-04-12|passport 533401372", "Ewan Tulloch|gb|dob 1980-04-12|passport 928810045", Possible, "two passports")]
    [InlineData("Ewan Tulloch|gb|dob 1980-04-12|passport 533401372", "Ewan Tulloch|ie|dob 1980-04-12|passport P88100451", Joined, "of two countries")]
    [InlineData("Ewan Tulloch|gb|dob 1980-04-12|nino QQ123456A", "Ewan Tulloch|gb|dob 1980-04-12|nino QQ654321B", Possible, "two national numbers")]
    [InlineData("Ewan Tulloch|gb|dob 1980-04-12|nino QQ123456A", "Ewan Tulloch|gb|dob 1980-04-12|nino QQ123465A", Joined, "one, mistyped")]
    [InlineData("Ewan Tulloch|gb|dob 1980-04-12|nino QQ123456A", "Ewan Tulloch|gb|dob 1985-11-30|nino QQ123456A", Joined, "one number, a wrong date")]
    [InlineData("Ewan Tulloch|dob 1980-04-12" + Shared, "Ewan Tulloch|dob 1980-09-27" + Shared, Possible, "another day of the year")]
    // The same person, as registers and people write it.
    [InlineData("Jonathan Smithson|dob 1980-04-12", "Jonathon Smithson|dob 1980-04-12", Joined, "spelling")]
    [InlineData("William Buchanan|dob 1966-02-25", "Bill Buchannan|dob 1966-02-25", Joined, "short form and a slip")]
    [InlineData("Mohammed al-Zahrani|dob 1984-09-17", "Muhamad Alzahrani|dob 1984-09-17", Joined, "transliteration")]
    [InlineData("Сергей Лавров|dob 1950-03-21", "Sergei Lavrov|dob 1950-03-21", Joined, "transliteration")]
    [InlineData("Yusuf Abdallah Hassan|dob 1984-09-17", "Yousef Abdullah Hassan|dob 1984-09-17", Joined, "transliteration")]
    [InlineData("Khadija Warsame|dob 1984-09-17", "Khadijah Warsame|dob 1984-09-17", Joined, "transliteration")]
    [InlineData("Kateryna Melnyk|dob 1984-09-17", "Ekaterina Melnik|dob 1984-09-17", Joined, "transliteration")]
    [InlineData("Mary Jones|dob 1980-04-12|name Mary Fenwick", "Mary Fenwick|dob 1980-04-12", Joined, "maiden name, which a register gives")]
    [InlineData("Mary Jones|dob 1980-04-12" + Shared, "Mary Fenwick|dob 1980-04-12" + Shared, Joined, "maiden name, which none gives, at one home")]
    [InlineData("Mary Jones|dob 1980-04-12", "Mary Fenwick|dob 1980-04-12", Apart, "one birthday and one common given name")]
    [InlineData("Angus Mackay|dob 1979-08-03", "Angus Mackay|dob 1979-03-08", Joined, "day and month exchanged")]
    [InlineData("Angus Mackay|dob 1979-08-03" + Home, "Angus Mackay|dob 1978-08-03" + Home, Joined, "a slip in the year")]
    [InlineData("Calurn Urquhart|dob 1979-08-23", "Calum Urquhart|dob 1979-08-23", Joined, "read by machine: rn for m")]
    [InlineData("Hamish Urqubart|dob 1979-08-23", "Hamish Urquhart|dob 1979-08-23", Joined, "read by machine: b for h")]
    [InlineData("Urquhart, Hamish|dob 1979-08-23", "Hamish Urquhart|dob 1979-08-23", Joined, "surname first")]
    [InlineData("Urquhart Hamish|dob 1979-08-23", "Hamish Urquhart|dob 1979-08-23", Joined, "surname first")]
    [InlineData("Victori Urquhart|dob 1979-08-23", "Victoria Urquhart|dob 1979-08-23", Joined, "a woman's name that lost its last letter")]
    [InlineData("Andrea Rossini|m|dob 1979-08-23", "Andrea Rossini|dob 1979-08-23", Joined, "a man, where most of the name are women")]
    public void People(string left, string right, Verdict expected, string why) => Check(SubjectKind.Person, left, right, expected, why);

    [Theory]
    // What an agent's address, telephone and e-mail say is the agent's.
    [InlineData("Skerry Road Logistics Ltd" + Agent, "Lomarren Civil Engineering Ltd" + Agent, Apart, "two of a formation agent's companies")]
    [InlineData("Vostrin Freight Ltd" + Agent, "Tarvold Waste Solutions Ltd" + Agent, Apart, "two of a formation agent's companies")]
    [InlineData("Alpha Holdings Ltd" + Agent, "Alpha Trading Ltd" + Agent, NotJoined, "one group, one office")]
    [InlineData("Alpha Ltd" + Agent, "Alpha Holdings Ltd" + Agent, NotJoined, "one group, one office")]
    [InlineData("Tullibrae Estates Ltd" + Agent, "Tullibrae Farming Ltd" + Agent, NotJoined, "one group, one office")]
    [InlineData("Tullibrae Wind Farm 1 Ltd" + Agent, "Tullibrae Wind Farm 2 Ltd" + Agent, NotJoined, "one purpose each")]
    [InlineData("Tullibrae Wind Farm Ltd" + Agent, "Tullibrae Wind Farm 2 Ltd" + Agent, NotJoined, "one purpose each")]
    [InlineData("Tullibrae Ltd" + Agent, "Tullibrae LLP" + Agent, NotJoined, "a company and a partnership")]
    [InlineData("Orion Ltd" + Agent, "Orlon Ltd" + Agent, NotJoined, "a letter of a short name")]
    [InlineData("Caledonian Haulage Ltd|reg gb:SC123456" + Agent, "Caledonian Haulage Ltd|reg gb:SC654321" + Agent, NotJoined, "two numbers of one register")]
    [InlineData("Caledonian Haulage Ltd" + Agent, "Caledonian Haulage Limited" + Agent, Joined, "one name")]
    [InlineData("Caledonian Haulage Ltd" + Agent, "The Caledonian Haulage" + Agent, Joined, "one name, shortened")]
    [InlineData("Caledonian Haulage Ltd" + Agent, "Caledonian Hualage Ltd" + Agent, Joined, "one name, mistyped")]
    [InlineData("Alpha Holdings Ltd|reg gb:SC123456", "Alpha Holding Co|reg gb:SC123456", Joined, "one number")]
    // What parts of a name lose, the whole still has.
    [InlineData("3M", "3M", Possible, "a digit and a letter")]
    [InlineData("=cmd!A1", "=CMD!A1", Possible, "signs")]
    [InlineData("@SUM(A1)", "@SUM(A1)", Possible, "signs")]
    [InlineData("***", "***", Possible, "nothing but signs")]
    public void Bodies(string left, string right, Verdict expected, string why) => Check(SubjectKind.Organisation, left, right, expected, why);

    [Theory]
    [InlineData("3M")]
    [InlineData("=cmd|calc!A1")]
    [InlineData("@SUM(A1)")]
    [InlineData("J P Morgan")]
    [InlineData("***")]
    [InlineData("4 & 5")]
    public void A_body_listed_by_exactly_this_name_is_found(string name)
    {
        FieldValue[] values = [new(Field.Name, name)];
        foreach (var listed in (ReadOnlySpan<SubjectKind>)[SubjectKind.Organisation, SubjectKind.Legal])
        {
            foreach (var typed in (ReadOnlySpan<SubjectKind>)[SubjectKind.Organisation, SubjectKind.Legal])
            {
                Assert.True(BlockingTests.Screen(listed, values).Overlaps(BlockingTests.Screen(typed, values)), $"{listed} {typed}: no key");
                Assert.True(BlockingTests.Link(listed, values).Overlaps(BlockingTests.Link(typed, values)), $"{listed} {typed}: no key");
                Assert.InRange(Comparison.Score(Subject.Prepare(listed, values), Subject.Prepare(typed, values)), Comparison.PossibleAt, 1);
            }
        }
    }

    [Fact]
    public void A_doubt_is_told_among_the_reasons()
    {
        var why = Comparison.Explain(Read(SubjectKind.Person, "Alex Brodie|f|dob 1971-03-09"), Read(SubjectKind.Person, "Alex Brodie|m|dob 1971-03-09"));
        Assert.Contains(
            why.Evidence,
            e => e is { Field: Field.Gender, Bits: < 0, Left: "female", Right: "male" } && e.Finding.Contains("until a person says", StringComparison.Ordinal)
        );
    }

    private static void Check(SubjectKind kind, string left, string right, Verdict expected, string why)
    {
        Subject a = Read(kind, left),
            b = Read(kind, right);
        var score = Comparison.Score(a, b);
        Assert.Equal(score, Comparison.Score(b, a));
        var said =
            score >= Comparison.SameAt ? Joined
            : score >= Comparison.PossibleAt ? Possible
            : Apart;
        Assert.True(
            said == expected || (expected == NotJoined && said != Joined),
            $"{left} ~ {right} ({why}): {said} at {score:F3}, not {expected}: "
                + string.Join("; ", Comparison.Explain(a, b).Evidence.Select(e => $"{e.Field} {e.Finding} {e.Bits:F1}"))
        );
    }

    private static Subject Read(SubjectKind kind, string text) => Subject.Prepare(kind, [.. text.Split('|').Select(Value)]);

    private static FieldValue Value(string text, int index)
    {
        if (index == 0)
            return new FieldValue(Field.Name, text);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (key, value) = space < 0 ? (text, "") : (text[..space], text[(space + 1)..]);
        return key switch
        {
            "m" => new(Field.Gender, "male"),
            "f" => new(Field.Gender, "female"),
            "dob" => new(Field.Date, value),
            "name" => new(Field.Name, value),
            "passport" => new(Field.Passport, value),
            "nino" => new(Field.NationalIdentifier, value),
            "address" => new(Field.Address, value),
            "phone" => new(Field.Phone, value),
            "email" => new(Field.Email, value),
            "web" => new(Field.Website, value),
            "reg" => new(Field.RegistrationNumber, value),
            _ => new(Field.Country, key),
        };
    }
}
