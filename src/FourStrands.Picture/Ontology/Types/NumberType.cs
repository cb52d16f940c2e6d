using System.Globalization;

namespace FourStrands.Picture;

/// <summary>A number: digits, perhaps a sign, a decimal point, and commas or spaces between thousands, which are dropped.</summary>
internal sealed class NumberType : PropertyType
{
    public override string Name => "number";

    public override string? Clean(string value)
    {
        var text = Spacing.OneLine(value);
        var kept = new char[text.Length];
        var length = 0;
        var point = -1;
        var sinceComma = -1;
        for (var place = 0; place < text.Length; place++)
        {
            var letter = text[place];
            switch (letter)
            {
                case '-' or '+' when length == 0 && place == 0:
                    if (letter == '-')
                        kept[length++] = '-';
                    break;
                case '.' when point < 0:
                    point = length;
                    if (sinceComma is >= 0 and not 3)
                        return null;
                    sinceComma = -1;
                    kept[length++] = '.';
                    break;
                case ',' or ' ' when point < 0 && length > 0:
                    if (sinceComma is >= 0 and not 3)
                        return null;
                    sinceComma = 0;
                    break;
                case >= '0' and <= '9':
                    kept[length++] = letter;
                    if (sinceComma >= 0)
                        sinceComma++;
                    break;
                default:
                    // A number with an exponent is written out by whoever wrote it by machine.
                    return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var machine) && double.IsFinite(machine)
                        ? machine.ToString("0.################", CultureInfo.InvariantCulture)
                        : null;
            }
        }
        if (sinceComma is >= 0 and not 3)
            return null;
        var cleaned = kept.AsSpan(0, length);
        if (cleaned.IndexOfAnyInRange('0', '9') < 0)
            return null;
        return cleaned.TrimEnd('.').ToString();
    }

    public override string Show(string value)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value;
        var point = value.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : Math.Min(value.Length - point - 1, 28);
        return number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
