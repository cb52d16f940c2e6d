namespace FourStrands.Linkage;

/// <summary>
/// Adds up the evidence for one pair, field by field, in thousandths of a bit. Fields that depend on each other share a cap:
/// address, postcode and phone all speak of one household, and a household is not a person.
/// </summary>
internal ref partial struct Weighing
{
    private readonly Subject left;
    private readonly Subject right;
    private readonly List<Evidence>? reasons;
    private readonly bool organisation;
    private int total;
    private int household;
    private int householdMost;
    private int bestBits;
    private int bestLeft;
    private int bestRight;
    private NameAgreement bestAgreement;

    public Weighing(Subject left, Subject right, List<Evidence>? reasons)
    {
        this.left = left;
        this.right = right;
        this.reasons = reasons;
        organisation = left.Kind is SubjectKind.Organisation or SubjectKind.Vessel || right.Kind is SubjectKind.Organisation or SubjectKind.Vessel;
        total = Weights.Prior;
    }

    /// <summary>log2 odds in thousandths.</summary>
    public int Total()
    {
        var name = Names();
        householdMost = name < 0 ? Weights.HouseholdMostOtherName : Weights.HouseholdMost;
        Dates();
        Countries();
        Genders();
        Identifiers();
        PlacesOf(Field.Address, left.Addresses, right.Addresses);
        PlacesOf(Field.BirthPlace, left.BirthPlaces, right.BirthPlaces);
        return total;
    }

    private void Add(Field field, int bits, string finding, int leftValue, int rightValue)
    {
        if (bits == 0 && finding.Length == 0)
            return;
        total += bits;
        reasons?.Add(
            new Evidence(field, leftValue < 0 ? "" : left.Written(leftValue), rightValue < 0 ? "" : right.Written(rightValue), finding, bits / 1000.0)
        );
    }

    private void AddText(Field field, int bits, string finding, string leftText, string rightText)
    {
        total += bits;
        reasons!.Add(new Evidence(field, leftText, rightText, finding, bits / 1000.0));
    }

    /// <summary>What is left of the household's cap.</summary>
    private int OfHousehold(int bits)
    {
        if (bits <= 0)
            return bits;
        var allowed = Math.Min(bits, householdMost - household);
        household += allowed;
        return allowed;
    }

    private void Dates()
    {
        ReadOnlySpan<int> a = left.Dates,
            b = right.Dates;
        if (a.Length == 0 || b.Length == 0)
            return;
        int best = int.MinValue,
            bestA = 0,
            bestB = 0;
        var words = "";
        for (var i = 0; i < a.Length && i < 64; i++)
        {
            for (var j = 0; j < b.Length && j < 64; j++)
            {
                var bits = PartialDate.Compare(a[i], b[j], out var finding);
                if (bits > best)
                    (best, bestA, bestB, words) = (bits, a[i], b[j], finding);
            }
        }

        // A list that gives several birth dates for one person says that none is sure.
        if (best < 0 && Math.Max(a.Length, b.Length) > 1)
            best = best * 3 / 4;
        if (organisation)
            best = best * Weights.DateOrganisationShare / 1000;
        if (reasons is null)
            total += best;
        else
            AddText(Field.Date, best, words, PartialDate.Text(bestA), PartialDate.Text(bestB));
    }

    private void Countries()
    {
        ReadOnlySpan<int> a = left.Countries,
            b = right.Countries;
        if (a.Length == 0 || b.Length == 0)
            return;
        int i = 0,
            j = 0,
            same = 0;
        while (i < a.Length && j < b.Length && same == 0)
        {
            if (a[i] == b[j])
                same = a[i];
            else if (a[i] < b[j])
                i++;
            else
                j++;
        }

        var bits =
            same != 0 ? Weights.CountrySame
            : organisation ? Weights.CountryApartOrganisation
            : Weights.CountryApart;
        if (reasons is null)
            total += bits;
        else if (same != 0)
            AddText(Field.Country, bits, "same country", ReferenceTables.CountryCode(same), ReferenceTables.CountryCode(same));
        else
            AddText(Field.Country, bits, "no country in common", ReferenceTables.CountryCode(a[0]), ReferenceTables.CountryCode(b[0]));
    }

    private void Genders()
    {
        int a = left.Genders,
            b = right.Genders;
        if (a == 0 || b == 0)
            return;
        var same = (a & b) != 0;
        if (!same && ((a | b) & 4) != 0)
            return;
        var bits = same ? Weights.GenderSame : Weights.GenderApart;
        if (reasons is null)
            total += bits;
        else
            AddText(Field.Gender, bits, same ? "same gender" : "different gender", GenderText(a), GenderText(b));
    }

    private static string GenderText(int genders) =>
        genders switch
        {
            1 => "male",
            2 => "female",
            4 => "other",
            _ => "several",
        };

    private void PlacesOf(Field field, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.Length == 0 || b.Length == 0)
            return;
        var share = Places.Best(a, b, out var i, out var j);
        int bits;
        string finding;
        if (field == Field.BirthPlace)
        {
            (bits, finding) =
                share >= 600 ? (Weights.BirthPlaceSame, "same place of birth")
                : share >= 300 ? (Weights.BirthPlaceSame / 2, "place of birth agrees in part")
                : (Weights.BirthPlaceApart, "another place of birth");
        }
        else
        {
            (bits, finding) =
                share >= 750 ? (Weights.AddressSame, "same address")
                : share >= 450 ? (Weights.AddressNear, "address agrees in part")
                : (Weights.AddressApart, "another address");
            bits = OfHousehold(bits);
        }

        Add(field, bits, finding, i, j);
    }
}
