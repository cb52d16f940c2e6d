using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>Reads bidders that another program wrote as items of an array: a name, or an object whose properties are called as columns of a list are.</summary>
internal static class BidderItems
{
    /// <summary>Reads the items, each with its place in the array in the stead of a line, from 1.</summary>
    public static IEnumerable<Bidder> Read(JsonElement items, List<Rejection> rejections)
    {
        int number = 0;
        foreach (var item in items.EnumerateArray())
        {
            if (Read(item, ++number, rejections) is { } bidder)
                yield return bidder;
        }
    }

    private static Bidder? Read(JsonElement item, int number, List<Rejection> rejections)
    {
        var fields = new BidderFields(number, rejections);
        switch (item.ValueKind)
        {
            case JsonValueKind.String:
                string text = item.GetString()!.Trim();
                if (BidderLines.Fill(text, fields) is { } trouble)
                    rejections.Add(new Rejection(number, "name", trouble, BidderFields.Excerpt(text)));
                return fields.Make(numberAlone: true);
            case JsonValueKind.Object:
                foreach (var property in item.EnumerateObject())
                {
                    string name = BidderFields.Excerpt(property.Name);
                    if (BidderColumns.Of(property.Name) is not { } column)
                        rejections.Add(new Rejection(number, name, $"This is not known of a bidder. Known are: {BidderColumns.Understood}.", ""));
                    else if (property.Value.ValueKind == JsonValueKind.String)
                        fields.Set(column, property.Value.GetString()!);
                    else if (property.Value.ValueKind != JsonValueKind.Null)
                        rejections.Add(new Rejection(number, name, "Write it as text, between quotation marks.", ""));
                }
                return fields.Make();
            default:
                rejections.Add(new Rejection(number, "", "A bidder is a name, or an object with “name” and what else is known.", ""));
                return null;
        }
    }
}
