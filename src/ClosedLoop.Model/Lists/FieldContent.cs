using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Lists;

/// <summary>What a field's text is (closed-loop spec sections 5 and 10).</summary>
public enum FieldContent
{
    Plain,

    /// <summary>Markup that the sender of the file answers for: inserted as it is in HTML, without its tags in text.</summary>
    Html,

    /// <summary>Address of a text that is fetched for the recipient and stands where the field's name stands.</summary>
    [JsonStringEnumMemberName("ref-text")]
    RefText,

    /// <summary>Address of a picture: it stands in <c>src</c>, or the picture is fetched and travels with the mail.</summary>
    [JsonStringEnumMemberName("ref-image")]
    RefImage,

    /// <summary>Address of a text whose first line is the target of a link.</summary>
    [JsonStringEnumMemberName("ref-link")]
    RefLink,

    /// <summary>Addresses of files, blanks between, that are fetched and attached.</summary>
    [JsonStringEnumMemberName("ref-attachment")]
    RefAttachment,

    /// <summary>Ids of products, with commas between them (closed-loop spec section 9).</summary>
    [JsonStringEnumMemberName("product-id")]
    ProductId,
}
