namespace ClosedLoop.Model.Delivery;

/// <summary>One tracked link as a recipient got it.</summary>
/// <param name="Name">The <c>name</c> attribute, else the link's text, else its URL; at most 255 characters (closed-loop spec section 11).</param>
/// <param name="Url">Target after personalisation.</param>
public readonly record struct RenderedLink(string Name, string Url);
