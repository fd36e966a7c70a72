// HtmlUnit has no WebGL context, and a page that draws with WebGL gives up without one. This one accepts every call and
// draws nothing: objects are empty, compiling and linking always succeed, limits are those of a modest graphics card.
(function (window) {
  "use strict";

  var SILENT = ("activeTexture attachShader bindAttribLocation bindBuffer bindFramebuffer bindRenderbuffer bindTexture " +
      "blendColor blendEquation blendEquationSeparate blendFunc blendFuncSeparate bufferData bufferSubData clear " +
      "clearColor clearDepth clearStencil colorMask compileShader compressedTexImage2D compressedTexSubImage2D " +
      "copyTexImage2D copyTexSubImage2D cullFace deleteBuffer deleteFramebuffer deleteProgram deleteRenderbuffer " +
      "deleteShader deleteTexture depthFunc depthMask depthRange detachShader disable disableVertexAttribArray " +
      "drawArrays drawElements enable enableVertexAttribArray finish flush framebufferRenderbuffer " +
      "framebufferTexture2D frontFace generateMipmap hint lineWidth linkProgram pixelStorei polygonOffset readPixels " +
      "renderbufferStorage sampleCoverage scissor shaderSource stencilFunc stencilFuncSeparate stencilMask " +
      "stencilMaskSeparate stencilOp stencilOpSeparate texImage2D texParameterf texParameteri texSubImage2D uniform1f " +
      "uniform1fv uniform1i uniform1iv uniform2f uniform2fv uniform2i uniform2iv uniform3f uniform3fv uniform3i " +
      "uniform3iv uniform4f uniform4fv uniform4i uniform4iv uniformMatrix2fv uniformMatrix3fv uniformMatrix4fv " +
      "useProgram validateProgram vertexAttrib1f vertexAttrib2f vertexAttrib3f vertexAttrib4f vertexAttribPointer " +
      "viewport").split(" ");
  var MAKES_OBJECT = ("createBuffer createFramebuffer createProgram createRenderbuffer createShader createTexture " +
      "getUniformLocation").split(" ");

  var MAX_TEXTURE_SIZE = 0x0D33;
  var TEXTURE_SIDE = 4096;
  var FRAMEBUFFER_COMPLETE = 0x8CD5;

  function SilentContext(canvas) {
    this.canvas = canvas;
    this.drawingBufferWidth = canvas.width;
    this.drawingBufferHeight = canvas.height;
  }

  var context = SilentContext.prototype;
  SILENT.forEach(function (name) {
    context[name] = function () {};
  });
  MAKES_OBJECT.forEach(function (name) {
    context[name] = function () { return {}; };
  });
  context.checkFramebufferStatus = function () { return FRAMEBUFFER_COMPLETE; };
  context.getAttribLocation = function () { return 0; };
  context.getError = function () { return 0; };
  context.getExtension = function () { return null; };
  context.getParameter = function (name) { return name === MAX_TEXTURE_SIZE ? TEXTURE_SIDE : null; };
  context.getProgramInfoLog = context.getShaderInfoLog = function () { return ""; };
  context.getProgramParameter = context.getShaderParameter = function () { return true; };
  context.getSupportedExtensions = function () { return []; };
  context.isContextLost = function () { return false; };

  var canvas = window.HTMLCanvasElement.prototype;
  var getContext = canvas.getContext;
  canvas.getContext = function (kind) {
    if (kind === "webgl" || kind === "experimental-webgl") {
      return new SilentContext(this);
    }
    return getContext.call(this, kind);
  };
})
