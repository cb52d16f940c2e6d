using System.Globalization;
using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>What a council's own officers wrote down, for its own people alone: licence visits, complaints, declared interests.</summary>
internal sealed class CouncilNotes(DemoWorld world)
{
    private static readonly string[] Visits =
    [
        "Skips on the verge without lights; spoken to.",
        "Two vans without operator discs.",
        "Licence holder absent; a cousin was in charge.",
        "Invoice and order differ by a half.",
        "Complaint of threats by a rival withdrawn.",
        "Clean visit.",
        "Says that he bought the firm in June; the register says otherwise.",
    ];

    public void Write(Viewer officer, DemoRecords to)
    {
        int council = officer.Agency == "glenbrae-council" ? 0 : 1;
        string prefix = council == 0 ? "GB" : "ST";
        for (int number = 0; number < world.Companies; number++)
        {
            int at = world.Dice(Dice.Stream.Notes, number).Below(1000);
            if (at / 28 == council)
                WriteCompany(to, number, string.Create(CultureInfo.InvariantCulture, $"{prefix}-T{number * 4_001L % 999_983:000000}"), 30 + council);
            if ((at - 500) / 22 == council && at >= 500)
                WritePerson(to, number, string.Create(CultureInfo.InvariantCulture, $"{prefix}-P{number * 4_001L % 999_983:000000}"), 30 + council);
        }
    }

    private void WriteCompany(DemoRecords to, int number, string key, int source)
    {
        var company = world.Company(number);
        var dice = company.Variation(source);
        to.Begin("Company", key, Subject.Company(number))
            .Add("name", company.NameAsHeard(ref dice))
            .Add("registrationNumber", dice.Percent(40) ? company.RegistrationNumber : null)
            .Add("address", dice.Percent(70) ? company.Address : company.Town)
            .Add("phone", company.Phone)
            .Add("email", company.Email)
            .Add("notes", dice.Pick(Visits))
            .End();
    }

    private void WritePerson(DemoRecords to, int number, string key, int source)
    {
        var person = world.Person(number);
        var dice = person.Variation(source);
        to.Begin("Person", key, Subject.Person(number))
            .Add("name", person.NameAsHeard(ref dice))
            .Add("birthDate", person.BirthAsHeard(ref dice))
            .Add("address", person.Address)
            .Add("phone", person.Phone)
            .Add("notes", dice.Pick(Visits))
            .End();
        if (dice.Percent(25))
        {
            // A relative, declared on a form.
            string relative = key + "-relative";
            int other = (number + 1) % world.Companies;
            var sister = world.Person(other);
            to.Begin("Person", relative, Subject.Person(other))
                .Add("name", sister.FullName)
                .Add("birthDate", sister.BornYear)
                .Add("address", sister.Address)
                .End();
            to.Begin("Family", key + "-family")
                .Add("person", key)
                .Add("relative", relative)
                .Add("relationship", dice.Pick(["cousin", "brother-in-law", "partner"]))
                .End();
        }
    }
}
