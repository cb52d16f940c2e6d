using static FourStrands.Linkage.Field;

namespace FourStrands.Linkage.Tests;

public sealed class ComparisonTests
{
    private static Subject Person(params (Field Field, string Value)[] values) => Make(SubjectKind.Person, values);

    private static Subject Company(params (Field Field, string Value)[] values) => Make(SubjectKind.Organisation, values);

    private static Subject Make(SubjectKind kind, (Field Field, string Value)[] values) =>
        Subject.Prepare(kind, values.Select(v => new FieldValue(v.Field, v.Value)).ToArray());

    [Fact]
    public void A_person_is_never_a_company()
    {
        var person = Person((Name, "Morgan Stanley"));
        var company = Company((Name, "Morgan Stanley"));
        Assert.Equal(0f, Comparison.Score(person, company));
        Assert.True(Comparison.Score(Make(SubjectKind.Legal, [(Name, "Morgan Stanley")]), company) > 0.4);
        Assert.True(Comparison.Score(Make(SubjectKind.Legal, [(Name, "Morgan Stanley")]), person) > 0.4);
    }

    [Theory]
    [InlineData("John Smith")]
    [InlineData("Mohammed Ali")]
    [InlineData("Hamish Urquhart")]
    public void A_persons_name_alone_is_not_enough(string name) =>
        Assert.InRange(Comparison.Score(Person((Name, name)), Person((Name, name))), Comparison.PossibleAt, Comparison.SameAt - 0.001);

    [Fact]
    public void Name_and_whole_birth_date_are_enough() =>
        Assert.True(
            Comparison.Score(Person((Name, "John Smith"), (Date, "1980-04-12")), Person((Name, "SMITH, Jon"), (Date, "1980-04-12"))) > Comparison.SameAt
        );

    [Fact]
    public void Another_birth_year_keeps_one_name_apart() =>
        Assert.True(Comparison.Score(Person((Name, "John Smith"), (Date, "1980-04-12")), Person((Name, "John Smith"), (Date, "1955-11-02"))) < 0.05);

    [Fact]
    public void Father_and_son_at_one_address_stay_apart() =>
        Assert.True(
            Comparison.Score(
                Person((Name, "Angus Mackay"), (Date, "1950-02-11"), (Address, "4 Shore Street, Ullapool IV26 2UJ"), (Phone, "01854 612345")),
                Person((Name, "Angus Mackay"), (Date, "1979-08-23"), (Address, "4 Shore Street, Ullapool IV26 2UJ"), (Phone, "01854 612345"))
            ) < Comparison.PossibleAt
        );

    [Fact]
    public void Twins_stay_apart() =>
        Assert.True(
            Comparison.Score(
                Person((Name, "Angus Mackay"), (Date, "1979-08-23"), (Address, "4 Shore Street, Ullapool IV26 2UJ"), (Phone, "01854 612345")),
                Person((Name, "Kirsten Mackay"), (Date, "1979-08-23"), (Address, "4 Shore Street, Ullapool IV26 2UJ"), (Phone, "01854 612345"))
            ) < Comparison.PossibleAt
        );

    [Fact]
    public void Different_surnames_at_one_address_are_no_match() =>
        Assert.True(
            Comparison.Score(
                Person((Name, "Ewan Tulloch"), (Address, "4 Shore Street, Ullapool IV26 2UJ")),
                Person((Name, "Ewan Zielinski"), (Address, "4 Shore Street, Ullapool IV26 2UJ"))
            ) < Comparison.PossibleAt
        );

    [Fact]
    public void One_company_number_joins_and_two_part()
    {
        var a = Company((Name, "Caledonian Haulage Ltd"), (RegistrationNumber, "gb:SC123456"));
        Assert.True(Comparison.Score(a, Company((Name, "Caledonian Haulage Limited"), (RegistrationNumber, "GB:sc 123456"))) > Comparison.SameAt);
        Assert.True(Comparison.Score(a, Company((Name, "Caledonian Haulage Limited"), (RegistrationNumber, "gb:SC654321"))) < Comparison.PossibleAt);
        Assert.True(Comparison.Score(a, Company((Name, "Caledonian Haulage Limited"), (RegistrationNumber, "ie:123456"))) > 0.1);
    }

    [Fact]
    public void A_companys_ordinary_name_alone_is_only_possible() =>
        Assert.InRange(
            Comparison.Score(Company((Name, "Glasgow Taxis Ltd")), Company((Name, "Glasgow Taxis Limited"))),
            Comparison.PossibleAt,
            Comparison.SameAt - 0.001
        );

    [Fact]
    public void One_passport_joins_only_with_a_name_that_agrees()
    {
        var a = Person((Name, "Sergey Lavrov"), (Passport, "AB 123456"));
        Assert.True(Comparison.Score(a, Person((Name, "Сергей Лавров"), (Passport, "ab123456"))) > Comparison.SameAt);
        Assert.True(Comparison.Score(a, Person((Name, "Morag Buchanan"), (Passport, "ab123456"))) < Comparison.PossibleAt);
    }

    [Fact]
    public void Explanation_adds_up_to_the_score()
    {
        var a = Person((Name, "Angus Mackay"), (Date, "1979-08-23"), (Country, "gb"), (Gender, "male"), (Postcode, "IV26 2UJ"), (Phone, "01854 612345"));
        var b = Person(
            (FirstName, "Angus"),
            (LastName, "McKay"),
            (Date, "1979"),
            (Country, "gb"),
            (Gender, "female"),
            (Postcode, "IV262UJ"),
            (Phone, "+44 1854 612345")
        );
        var why = Comparison.Explain(a, b);
        Assert.Equal(Comparison.Score(a, b), (float)why.Probability);
        var bits = why.PriorBits + why.Evidence.Sum(e => e.Bits);
        Assert.Equal(why.Probability, 1 / (1 + Math.Pow(2, -bits)), 6);
        Assert.Contains(why.Evidence, e => e is { Field: Gender, Bits: < 0 });
        Assert.Contains(why.Evidence, e => e is { Field: Phone, Left: "01854 612345", Right: "+44 1854 612345" });
    }
}
