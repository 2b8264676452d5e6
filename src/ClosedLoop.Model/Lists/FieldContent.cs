using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Lists;

/// <summary>What a field's text is (closed-loop spec section 5).</summary>
public enum FieldContent
{
    Plain,

    /// <summary>Markup that the sender of the file answers for: inserted as it is in HTML, without its tags in text.</summary>
    Html,

    /// <summary>Ids of products, with commas between them (closed-loop spec section 9).</summary>
    [JsonStringEnumMemberName("product-id")]
    ProductId,
}
