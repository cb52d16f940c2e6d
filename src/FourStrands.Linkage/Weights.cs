namespace FourStrands.Linkage;

/// <summary>The weights of evidence of <c>Tables/weights.txt</c>, in thousandths of a bit: whole numbers, so that no order of adding matters.</summary>
internal static class Weights
{
    private static readonly Dictionary<string, int> Table = ReferenceTables
        .Pairs("weights")
        .ToDictionary(p => p.Key, p => ReferenceTables.Milli(p.Value), StringComparer.Ordinal);

    public static readonly int Prior = Table["prior"];
    public static readonly int DoubtMost = Table["doubt.most"];
    public static readonly int TellingEnough = Table["telling.enough"];
    public static readonly int TellingDate = Table["telling.date"];
    public static readonly int TellingMonth = Table["telling.month"];
    public static readonly int TellingYear = Table["telling.year"];
    public static readonly int NameLeast = Table["name.exact.least"];
    public static readonly int NameMost = Table["name.exact.most"];
    public static readonly int NameMostOrganisation = Table["name.exact.most.organisation"];
    public static readonly int NameNearMostOrganisation = Table["name.near.most.organisation"];
    public static readonly int NameSingleMost = Table["name.single.most"];
    public static readonly int NameApart = Table["name.apart"];
    public static readonly int NameGivenDiffers = Table["name.given.differs"];
    public static readonly int NameStandingApart = Table["name.standing.apart"];
    public static readonly int NameHalfMost = Table["name.half.most"];
    public static readonly int SurnameChanged = Table["name.surname.changed"];
    public static readonly int WeakNameShare = Table["name.weak.share"];
    public static readonly int DateSame = Table["date.same"];
    public static readonly int DateMonth = Table["date.month"];
    public static readonly int DateYear = Table["date.year"];
    public static readonly int DateSwapped = Table["date.swapped"];
    public static readonly int DateDigit = Table["date.digit"];
    public static readonly int DatePlaceholder = Table["date.placeholder"];
    public static readonly int DateNewYear = Table["date.new.year"];
    public static readonly int DateSameYear = Table["date.same.year"];
    public static readonly int DateDayAndMonth = Table["date.day.and.month"];
    public static readonly int DateDayAndMonthFar = Table["date.day.and.month.far"];
    public static readonly int DateGeneration = Table["date.generation"];
    public static readonly int DateNearYear = Table["date.near.year"];
    public static readonly int DateFewYears = Table["date.few.years"];
    public static readonly int DateFarYears = Table["date.far.years"];
    public static readonly int DateRoughNear = Table["date.rough.near"];
    public static readonly int DateRoughFew = Table["date.rough.few"];
    public static readonly int DateRoughFar = Table["date.rough.far"];
    public static readonly int DateOrganisationShare = Table["date.organisation.share"];
    public static readonly int CountrySame = Table["country.same"];
    public static readonly int CountryApart = Table["country.apart"];
    public static readonly int CountryApartOrganisation = Table["country.apart.organisation"];
    public static readonly int GenderSame = Table["gender.same"];
    public static readonly int GenderApart = Table["gender.apart"];
    public static readonly int PostcodeSame = Table["postcode.same"];
    public static readonly int PostcodeApart = Table["postcode.apart"];
    public static readonly int AddressSame = Table["address.same"];
    public static readonly int AddressNear = Table["address.near"];
    public static readonly int AddressApart = Table["address.apart"];
    public static readonly int BirthPlaceSame = Table["birthplace.same"];
    public static readonly int BirthPlaceApart = Table["birthplace.apart"];
    public static readonly int PhoneSame = Table["phone.same"];
    public static readonly int HouseholdMost = Table["household.most"];
    public static readonly int HouseholdMostOtherName = Table["household.most.other.name"];
    public static readonly int HouseholdMostEmail = Table["household.most.email"];
    public static readonly int HouseholdMostOtherBody = Table["household.most.other.body"];
    public static readonly int EmailSame = Table["email.same"];
    public static readonly int WebsiteSame = Table["website.same"];
    public static readonly int RegistrationSame = Table["registration.same"];
    public static readonly int RegistrationSameNumber = Table["registration.same.number"];
    public static readonly int RegistrationApart = Table["registration.apart"];
    public static readonly int LeiSame = Table["lei.same"];
    public static readonly int LeiApart = Table["lei.apart"];
    public static readonly int ImoSame = Table["imo.same"];
    public static readonly int ImoApart = Table["imo.apart"];
    public static readonly int VesselNumberSame = Table["vessel.number.same"];
    public static readonly int PassportSame = Table["passport.same"];
    public static readonly int PassportApart = Table["passport.apart"];
    public static readonly int NationalSame = Table["national.same"];
    public static readonly int NationalApart = Table["national.apart"];
    public static readonly int TaxSame = Table["tax.same"];
    public static readonly int TaxApart = Table["tax.apart"];
    public static readonly int NumberSlip = Table["number.slip"];
    public static readonly int IbanSame = Table["iban.same"];
    public static readonly int IdentifierSame = Table["identifier.same"];
}
