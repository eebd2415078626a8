/* Every page is complete without this file. It adds: theme and text size, join marks, the switch
   between views, the source text's light, copying, search when it is wanted, and keys. Nothing
   leaves the page. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, body = doc.body;
  var search = doc.currentScript.dataset.search;   /* the address of search.js, if the site has search */

  function all(selector, within) {
    return Array.prototype.slice.call((within || doc).querySelectorAll(selector));
  }
  function remember(name, value) {
    try { localStorage.setItem(name, value); } catch (error) { /* closed storage: until the page goes */ }
  }
  function recall(name) {
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }

  /* theme and text size: a button goes round its values; the first one is the default, unset */
  all('.set').forEach(function (button) {
    var name = button.dataset.set, values = button.dataset.values.split(',');
    button.addEventListener('click', function () {
      var now = Math.max(0, values.indexOf(root.getAttribute('data-' + name)));
      var next = values[(now + 1) % values.length];
      if (next === values[0]) root.removeAttribute('data-' + name);
      else root.setAttribute('data-' + name, next);
      remember(name, next === values[0] ? '' : next);
    });
  });

  /* join marks and line numbers, on or off */
  var joins = doc.querySelector('.jtoggle');
  if (joins) {
    var marked = recall('joins') !== 'off';
    var showJoins = function () {
      doc.getElementById('body').classList.toggle('nojn', !marked);
      joins.setAttribute('aria-pressed', String(marked));
    };
    showJoins();
    joins.addEventListener('click', function () {
      marked = !marked;
      remember('joins', marked ? 'on' : 'off');
      showJoins();
    });
  }

  /* switches: one of several views; the address decides, #L12 opens the view that holds it */
  var returning = (performance.getEntriesByType('navigation')[0] || {}).type === 'back_forward';
  all('[data-switch]').forEach(function (bar) {
    var links = all('a', bar);
    var views = links.map(function (link) { return doc.getElementById(link.hash.slice(1)); });
    function show(view) {
      views.forEach(function (other, n) {
        other.classList.remove('later');
        other.hidden = other !== view;
        if (other === view) links[n].setAttribute('aria-current', 'true');
        else links[n].removeAttribute('aria-current');
      });
    }
    function follow(first) {
      var target = location.hash.length > 1 && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
      var view = target && views.filter(function (v) { return v === target || v.contains(target); })[0];
      if (view) {
        show(view);
        if (view !== target && !(first && returning)) target.scrollIntoView({ behavior: 'instant' });
      } else if (first) show(views[0]);
    }
    links.forEach(function (link, n) {
      link.addEventListener('click', function (event) {
        event.preventDefault();
        show(views[n]);
        try { history.replaceState(null, '', link.hash); } catch (error) { /* some file:// pages */ }
      });
    });
    follow(true);
    addEventListener('hashchange', function () { follow(false); });

    /* the browser finds the place again only if the page is as tall as it was: hold it ourselves */
    var place = returning && history.state && history.state.place;
    function back() { if (place) scrollTo({ top: place, behavior: 'instant' }); }
    back();
    addEventListener('load', back);
    addEventListener('pagehide', function () {
      try { history.replaceState({ place: scrollY }, ''); } catch (error) { /* some file:// pages */ }
    });
  });

  /* source text: pointing at a line lights its piece; a click goes there, unless text is selected */
  all('.src').forEach(function (source) {
    var lines = all('.ln[data-p]', source), keys = all('.legend a', source);
    function light(piece) {
      source.classList.toggle('dim', !!piece);
      lines.concat(keys).forEach(function (part) {
        part.classList.toggle('on', !!piece && part.dataset.p === piece);
      });
    }
    lines.forEach(function (line) {
      var text = line.querySelector('.x');
      if (!text) return;
      text.addEventListener('mouseenter', function () { light(line.dataset.p); });
      text.addEventListener('click', function () {
        var link = line.querySelector('a.k');
        if (link && !String(getSelection())) location.href = link.href;
      });
    });
    keys.forEach(function (key) {
      key.addEventListener('mouseenter', function () { light(key.dataset.p); });
      key.addEventListener('focus', function () { light(key.dataset.p); });
      key.addEventListener('blur', function () { light(''); });
    });
    source.addEventListener('mouseleave', function () { light(''); });
  });

  /* copying: the clipboard where it is open, else (some file:// pages) the old command */
  function copy(text, done) {
    function byHand() {
      var box = doc.createElement('textarea');
      box.value = text;
      box.setAttribute('readonly', '');
      box.className = 'vh';
      body.appendChild(box);
      box.select();
      try { if (doc.execCommand('copy')) done(); } finally { body.removeChild(box); }
    }
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }
  function say(button, text) {
    var old = button.textContent;
    button.textContent = text;
    setTimeout(function () { button.textContent = old; }, 1600);
  }
  all('.copy').forEach(function (button) {
    button.addEventListener('click', function () {
      copy(doc.getElementById(button.dataset.for).textContent, function () {
        say(button, button.dataset.done);
      });
    });
  });

  /* a selection in a piece: copy it with its source, or the address of its paragraph */
  var pick = doc.getElementById('pick'), text = doc.getElementById('body');
  function chosen() {
    var selection = getSelection();
    return selection.isCollapsed || !text.contains(selection.anchorNode) ? null : selection;
  }
  function address(node) {
    var canonical = doc.querySelector('link[rel=canonical]');
    var page = canonical ? canonical.href : location.href.split('#')[0];
    var place = (node.nodeType === 1 ? node : node.parentNode).closest('[id]');
    return page + (place && place !== text ? '#' + place.id : '');
  }
  if (pick && text) {
    doc.addEventListener('selectionchange', function () { pick.hidden = !chosen(); });
    all('button', pick).forEach(function (button) {
      button.addEventListener('mousedown', function (event) { event.preventDefault(); });
      button.addEventListener('click', function () {
        var selection = chosen();
        if (!selection) return;
        var link = address(selection.anchorNode);
        var words = button.dataset.do === 'link' ? link
          : String(selection).trim() + '\n' + pick.dataset.from + '\n' + link;
        copy(words, function () { say(button, pick.dataset.done); });
      });
    });
  }

  /* say so when the service is over */
  all('[data-past]').forEach(function (note) {
    note.hidden = !(Date.now() > Date.parse(note.dataset.past));
  });

  /* search: its script comes when it is wanted, by a reader who comes from it or goes to the box */
  function bringSearch() {
    if (!search) return;
    var script = doc.createElement('script');
    script.src = search;
    search = '';
    doc.head.appendChild(script);
  }
  var boxes = all('form.find input[type=search]');
  boxes.forEach(function (box) { box.addEventListener('focus', bringSearch); });
  if (boxes.indexOf(doc.activeElement) >= 0 || /[?&]hl=/.test(location.search)) bringSearch();

  /* keys: arrows turn the page; single letters can be switched off (WCAG 2.1.4) */
  var help = doc.getElementById('help'), enabled = doc.getElementById('keys-on');
  if (!help || !enabled) return;   /* a theme may leave them out */
  enabled.checked = recall('keys') !== 'off';
  enabled.addEventListener('change', function () { remember('keys', enabled.checked ? 'on' : 'off'); });
  all('.keys').forEach(function (button) {
    button.addEventListener('click', function () { help.showModal(); });
  });
  function turn(direction) {
    var link = doc.querySelector('link[rel=' + direction + ']');
    if (link) location.href = link.href;
  }
  function step(by) {
    var pieces = all('a[data-piece]').filter(function (link) { return link.getClientRects().length; });
    if (!pieces.length) return turn(by > 0 ? 'next' : 'prev');
    var at = pieces.indexOf(doc.activeElement);
    var next = at < 0 && by < 0 ? pieces.length - 1 : at + by;
    pieces[Math.max(0, Math.min(pieces.length - 1, next))].focus();
  }
  function other() {
    var link = doc.querySelector('[data-switch] a:not([aria-current])');
    if (link) link.click();
  }
  var letters = {
    j: function () { step(1); },
    k: function () { step(-1); },
    s: other,
    m: function () { if (joins) joins.click(); },
    '/': function () {
      var fields = all('input[type=search]');
      var seen = fields.filter(function (field) { return field.getClientRects().length; })[0];
      if (seen) seen.focus();
      else if (fields[0]) location.href = fields[0].form.action;
    },
    '?': function () { help.showModal(); }
  };
  doc.addEventListener('keydown', function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || help.open) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName)) return;
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (!event.shiftKey) turn(event.key === 'ArrowRight' ? 'next' : 'prev');
    } else if (enabled.checked && Object.prototype.hasOwnProperty.call(letters, event.key)) {
      event.preventDefault();
      letters[event.key]();
    }
  });
})();
