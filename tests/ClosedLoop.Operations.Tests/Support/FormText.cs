using System.Net;
using System.Text.RegularExpressions;

namespace ClosedLoop.Operations.Tests.Support;

/// <summary>Forms as a browser sends them: with the token of the page they stand on.</summary>
internal static partial class FormText
{
    public static async Task<FormUrlEncodedContent> OfAsync(HttpResponseMessage page, params (string Name, string Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync();
        var token = Token().Match(html).Groups["token"].Value;
        Assert.NotEqual("", token);
        return new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", WebUtility.HtmlDecode(token))]);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
