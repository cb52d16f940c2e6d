namespace FourStrands.Linkage.Tests;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData(Field.Iban, "GB82 WEST 1234 5698 7654 32", true)]
    [InlineData(Field.Iban, "GB83 WEST 1234 5698 7654 32", false)]
    [InlineData(Field.Lei, "5493001KJTIIGC8Y1R12", true)]
    [InlineData(Field.Lei, "5493001KJTIIGC8Y1R13", false)]
    [InlineData(Field.VesselNumber, "IMO 9074729", true)]
    [InlineData(Field.VesselNumber, "IMO 9074728", false)]
    [InlineData(Field.RegistrationNumber, "gb:SC1234", true)]
    [InlineData(Field.RegistrationNumber, "gb:445790", true)]
    [InlineData(Field.RegistrationNumber, "gb:XX123456", false)]
    [InlineData(Field.RegistrationNumber, "gb:123456789", false)]
    [InlineData(Field.Phone, "01854 612345", true)]
    [InlineData(Field.Phone, "12", false)]
    [InlineData(Field.Email, "a@example.org", true)]
    [InlineData(Field.Email, "a@example", false)]
    [InlineData(Field.Passport, "AB 123456", true)]
    public void Checks(Field field, string value, bool valid) => Assert.Equal(valid, Identifiers.IsValid(field, value));

    [Theory]
    [InlineData(Field.RegistrationNumber, "GB: sc 1234", "gb:SC001234")]
    [InlineData(Field.RegistrationNumber, "SC001234", "gb:SC001234")]
    [InlineData(Field.RegistrationNumber, "gb:445790", "gb:00445790")]
    [InlineData(Field.RegistrationNumber, "ie:0123456", "ie:123456")]
    [InlineData(Field.Phone, "01854 612345", "+441854612345")]
    [InlineData(Field.Phone, "+44 (0)1854 612345", "+441854612345")]
    [InlineData(Field.VesselNumber, "imo 9074729", "IMO9074729")]
    [InlineData(Field.Email, " MAILTO:A@Example.org", "a@example.org")]
    [InlineData(Field.Website, "https://www.Example.org/", "example.org")]
    [InlineData(Field.Iban, "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432")]
    [InlineData(Field.Passport, "  ", "")]
    public void One_spelling(Field field, string value, string normal) => Assert.Equal(normal, Identifiers.Normalise(field, value));

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        foreach (var field in Enum.GetValues<Field>())
        {
            foreach (var value in (string[])["SC1234", "GB:sc1", "01854 612345", "IMO9074729", "https://www.example.org", "a@b.c", "0007", "x:y"])
                Assert.Equal(Identifiers.Normalise(field, value), Identifiers.Normalise(field, Identifiers.Normalise(field, value)));
        }
    }
}
